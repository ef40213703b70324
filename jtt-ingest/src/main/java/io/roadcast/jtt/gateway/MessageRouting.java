package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.AlarmConfirmation;
import io.roadcast.jtt.jt808.AttachmentFile;
import io.roadcast.jtt.jt808.AttachmentFileAnswer;
import io.roadcast.jtt.jt808.AttachmentFileSent;
import io.roadcast.jtt.jt808.AttachmentList;
import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.AttributeAnswer;
import io.roadcast.jtt.jt808.AttributeQuery;
import io.roadcast.jtt.jt808.AudioVideoAttributes;
import io.roadcast.jtt.jt808.AudioVideoQuery;
import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.CallBack;
import io.roadcast.jtt.jt808.CameraShot;
import io.roadcast.jtt.jt808.CameraShotAnswer;
import io.roadcast.jtt.jt808.CanData;
import io.roadcast.jtt.jt808.CompressedUp;
import io.roadcast.jtt.jt808.DecodedMessage;
import io.roadcast.jtt.jt808.DriverCard;
import io.roadcast.jtt.jt808.FtpUpload;
import io.roadcast.jtt.jt808.FtpUploadControl;
import io.roadcast.jtt.jt808.FtpUploadResult;
import io.roadcast.jtt.jt808.Heartbeat;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.jtt.jt808.LiveStatus;
import io.roadcast.jtt.jt808.LocationAnswer;
import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationQuery;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.LogOff;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.MediaEvent;
import io.roadcast.jtt.jt808.MediaSearch;
import io.roadcast.jtt.jt808.MediaSearchAnswer;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.MediaUploadAnswer;
import io.roadcast.jtt.jt808.PanTilt;
import io.roadcast.jtt.jt808.Parameter;
import io.roadcast.jtt.jt808.ParameterAnswer;
import io.roadcast.jtt.jt808.ParameterQuery;
import io.roadcast.jtt.jt808.ParameterSelection;
import io.roadcast.jtt.jt808.ParameterValue;
import io.roadcast.jtt.jt808.ParameterWrite;
import io.roadcast.jtt.jt808.PassengerFlow;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.PlatformPackageRequest;
import io.roadcast.jtt.jt808.PlatformRsaKey;
import io.roadcast.jtt.jt808.PlaybackControl;
import io.roadcast.jtt.jt808.PlaybackRequest;
import io.roadcast.jtt.jt808.PtzFocus;
import io.roadcast.jtt.jt808.PtzInfraredLight;
import io.roadcast.jtt.jt808.PtzIris;
import io.roadcast.jtt.jt808.PtzWiper;
import io.roadcast.jtt.jt808.PtzZoom;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.RegistrationAnswer;
import io.roadcast.jtt.jt808.ResourceList;
import io.roadcast.jtt.jt808.ResourceQuery;
import io.roadcast.jtt.jt808.SingleMediaUpload;
import io.roadcast.jtt.jt808.SoundRecording;
import io.roadcast.jtt.jt808.StoredMediaUpload;
import io.roadcast.jtt.jt808.TerminalAnswer;
import io.roadcast.jtt.jt808.TerminalControl;
import io.roadcast.jtt.jt808.TerminalPackageRequest;
import io.roadcast.jtt.jt808.TerminalRsaKey;
import io.roadcast.jtt.jt808.TerminalTime;
import io.roadcast.jtt.jt808.TextMessage;
import io.roadcast.jtt.jt808.TimeAnswer;
import io.roadcast.jtt.jt808.TimeQuery;
import io.roadcast.jtt.jt808.TrackingControl;
import io.roadcast.jtt.jt808.TransparentDown;
import io.roadcast.jtt.jt808.TransparentUp;
import io.roadcast.jtt.jt808.UnknownMessage;
import io.roadcast.jtt.jt808.UpgradePackage;
import io.roadcast.jtt.jt808.UpgradeProgress;
import io.roadcast.jtt.jt808.UpgradeResult;
import io.roadcast.jtt.jt808.VehicleControlAnswer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** What is done with each whole message of a terminal. Used on every event loop. */
final class MessageRouting {
  private static final long HEARTBEAT_PARAMETER = 0x0001;
  private static final long LONGEST_HEARTBEAT_SECONDS = 24 * 3600;

  private final GatewayCore core;
  private final LocationKeeping locations;
  private final UploadKeeping uploads;

  MessageRouting(GatewayCore core) {
    this.core = core;
    this.locations = new LocationKeeping(core);
    this.uploads = new UploadKeeping(core);
  }

  /**
   * A message that came in one frame, or was put together; of which the header is the last one's.
   */
  void whole(LinkSession session, Jt808Header header, Bytes body) {
    DecodedMessage decoded;
    try {
      decoded = Jt808Codec.decode(header, body, session.layoutOf(header));
    } catch (MalformedMessageException e) {
      core.statistics().countDropped(DropReason.BAD_BODY);
      session.answer(header, LinkSession.BAD_MESSAGE);
      return;
    }
    if (session.link() == null) {
      admission(session, header, decoded);
    } else {
      route(session, header, body, decoded);
    }
  }

  private static void admission(LinkSession session, Jt808Header header, DecodedMessage decoded) {
    switch (decoded.message()) {
      case Registration registration -> session.register(header, registration, decoded.layout());
      case Authentication authentication ->
          session.authenticate(header, authentication, decoded.layout());
      case LogOff _ -> session.logOff(header);
      default -> session.answer(header, LinkSession.SUCCESS); // a heartbeat; nothing else gets here
    }
  }

  private void route(LinkSession session, Jt808Header header, Bytes body, DecodedMessage decoded) {
    switch (decoded.message()) {
      case Registration registration -> session.register(header, registration, decoded.layout());
      case Authentication authentication ->
          session.authenticate(header, authentication, decoded.layout());
      case LogOff _ -> session.logOff(header);
      case Heartbeat _ -> session.answer(header, LinkSession.SUCCESS);
      case TimeQuery _ -> session.answerWith(new TimeAnswer(utc()));
      case LocationReport _ -> locations.keep(session, header, body, decoded);
      case LocationBatch _ -> locations.keep(session, header, body, decoded);
      case LocationAnswer _ -> located(session, header, body, decoded);
      case VehicleControlAnswer _ -> located(session, header, body, decoded);
      case TerminalAnswer answer -> answered(session, answer);
      case ParameterAnswer answer -> {
        learnHeartbeat(session, answer);
        special(session, header, answer);
      }
      case CameraShotAnswer answer -> special(session, header, answer);
      case MediaSearchAnswer answer -> special(session, header, answer);
      case ResourceList answer -> special(session, header, answer);
      case AttributeAnswer answer -> special(session, header, answer);
      case AudioVideoAttributes answer -> special(session, header, answer);
      case MediaUpload upload -> uploads.keep(session, header, upload);
      case TerminalPackageRequest request -> {
        session.answer(header, LinkSession.SUCCESS);
        session.repeat(request.firstSerial(), request.indexes());
      }
      case TerminalRsaKey _ -> notSupported(session, header);
      case UnknownMessage unknown -> {
        tell(session, header, body, unknown);
        session.answer(header, LinkSession.NOT_SUPPORTED);
      }
      case MediaEvent told -> news(session, header, body, told);
      case TransparentUp told -> {
        session.answered(told); // it may be what was asked for; it is news in any case
        news(session, header, body, told);
      }
      case CompressedUp told -> news(session, header, body, told);
      case DriverCard told -> news(session, header, body, told);
      case CanData told -> news(session, header, body, told);
      case PassengerFlow told -> news(session, header, body, told);
      case FtpUploadResult told -> news(session, header, body, told);
      case UpgradeResult told -> news(session, header, body, told);
      case UpgradeProgress told -> news(session, header, body, told);
      case AttachmentList told -> news(session, header, body, told);
      case AttachmentFile told -> news(session, header, body, told);
      case AttachmentFileSent told -> news(session, header, body, told);
      case AlarmConfirmation _,
          AttachmentFileAnswer _,
          AttachmentUpload _,
          AttributeQuery _,
          AudioVideoQuery _,
          CallBack _,
          CameraShot _,
          FtpUpload _,
          FtpUploadControl _,
          LiveControl _,
          LiveRequest _,
          LiveStatus _,
          LocationQuery _,
          MediaSearch _,
          MediaUploadAnswer _,
          PanTilt _,
          ParameterQuery _,
          ParameterSelection _,
          ParameterWrite _,
          PlatformAnswer _,
          PlatformPackageRequest _,
          PlatformRsaKey _,
          PlaybackControl _,
          PlaybackRequest _,
          PtzFocus _,
          PtzInfraredLight _,
          PtzIris _,
          PtzWiper _,
          PtzZoom _,
          RegistrationAnswer _,
          ResourceQuery _,
          SingleMediaUpload _,
          SoundRecording _,
          StoredMediaUpload _,
          TerminalControl _,
          TextMessage _,
          TimeAnswer _,
          TrackingControl _,
          TransparentDown _,
          UpgradePackage _ ->
          notSupported(session, header);
    }
  }

  private static TerminalTime utc() {
    return TerminalTime.of(LocalDateTime.now(ZoneOffset.UTC));
  }

  private void located(
      LinkSession session, Jt808Header header, Bytes body, DecodedMessage decoded) {
    answered(session, decoded.message());
    locations.keep(session, header, body, decoded);
  }

  private void special(LinkSession session, Jt808Header header, Jt808Message answer) {
    session.answer(header, LinkSession.SUCCESS);
    answered(session, answer);
  }

  private void answered(LinkSession session, Jt808Message answer) {
    if (!session.answered(answer)) {
      core.statistics().countDropped(DropReason.UNEXPECTED_ANSWER);
    }
  }

  private static void learnHeartbeat(LinkSession session, ParameterAnswer answer) {
    for (Parameter parameter : answer.parameters()) {
      if (parameter.id() == HEARTBEAT_PARAMETER
          && ParameterValue.of(parameter) instanceof ParameterValue.Numeric(long seconds)
          && seconds > 0
          && seconds <= LONGEST_HEARTBEAT_SECONDS) {
        session.heartbeatEvery(Duration.ofSeconds(seconds));
      }
    }
  }

  private void news(LinkSession session, Jt808Header header, Bytes body, Jt808Message message) {
    tell(session, header, body, message);
    session.answer(header, LinkSession.SUCCESS);
  }

  /** A repeated message is told once. */
  private void tell(LinkSession session, Jt808Header header, Bytes body, Jt808Message message) {
    ActiveLink link = session.link();
    TerminalMemory.Remembered known = session.memory();
    if (link == null || known == null) {
      return;
    }
    if (known.recent().isNew(header.messageId(), header.serial(), body.hashCode())) {
      core.registry().tell(listener -> listener.message(link, message));
    } else {
      core.statistics().countDropped(DropReason.DUPLICATE);
    }
  }

  private void notSupported(LinkSession session, Jt808Header header) {
    core.statistics().countDropped(DropReason.NOT_SUPPORTED);
    session.answer(header, LinkSession.NOT_SUPPORTED);
  }
}
