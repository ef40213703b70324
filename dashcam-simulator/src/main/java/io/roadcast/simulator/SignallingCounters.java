package io.roadcast.simulator;

/**
 * What simulated terminals said and were told over JT/T 808, summed over all of them.
 *
 * @param registrations accepted
 * @param authentications accepted
 * @param online terminals that are authenticated now
 * @param reports location reports sent as they were made
 * @param lateReports location reports sent later, after a connection was lost
 * @param commands messages of the platform that were answered
 * @param liveRequests requests for live media that were followed
 * @param live live transmissions now
 * @param photos pictures sent
 * @param alarms safety alarms raised
 * @param files of alarms that the platform has taken
 */
public record SignallingCounters(
    long registrations,
    long authentications,
    long online,
    long reports,
    long lateReports,
    long commands,
    long liveRequests,
    long live,
    long photos,
    long alarms,
    long files) {}
