package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.gateway.CommandFailedException.Code;
import io.roadcast.jtt.jt808.AudioVideoAttributes;
import io.roadcast.jtt.jt808.AudioVideoQuery;
import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.sfu.router.ExpectedSound;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TerminalCommandsTest {
  private static final StreamId FRONT = StreamId.ofTerminal("139", 3, Quality.MAIN);
  private static final StreamId FRONT_SUB = StreamId.ofTerminal("139", 3, Quality.SUB);

  private final FakeLinks links = new FakeLinks("139");
  private final TerminalFormats formats = new TerminalFormats();
  private final List<CommandOutcome> outcomes = new ArrayList<>();
  private final List<StreamId> cut = new ArrayList<>();

  @Test
  void asksForSoundAndPictureAtTheAddressThatTheTerminalReached() {
    links.reached = new InetSocketAddress("192.0.2.1", 7611);
    TerminalCommands commands = commands("", MediaAddress.MediaTransport.TCP);
    commands.ask(FRONT, outcomes::add);
    commands.ask(FRONT_SUB, outcomes::add);
    assertRequest(links.said(LiveRequest.class).get(0), "192.0.2.1", 6611, 0, 0, 0);
    assertRequest(links.said(LiveRequest.class).get(1), "192.0.2.1", 6612, 0, 0, 1);
    links.said.getFirst().answer().complete(FakeLinks.YES);
    assertThat(outcomes).containsExactly(CommandOutcome.ACCEPTED);
  }

  @Test
  void namesTheConfiguredAddressAndUdp() {
    commands("video.example", MediaAddress.MediaTransport.UDP).ask(FRONT, outcomes::add);
    assertRequest(links.said(LiveRequest.class).getFirst(), "video.example", 0, 6611, 0, 0);
  }

  @Test
  void withoutEitherTheAddressIsTheOneThatLeadsToTheTerminal() {
    commands("", MediaAddress.MediaTransport.TCP).ask(FRONT, outcomes::add);
    assertRequest(links.said(LiveRequest.class).getFirst(), "127.0.0.1", 6611, 0, 0, 0);
  }

  @Test
  void tellsTheChannelToStop() {
    TerminalCommands commands = commands("", MediaAddress.MediaTransport.TCP);
    commands.close(FRONT_SUB, outcomes::add);
    assertThat(links.said(LiveControl.class)).containsExactly(new LiveControl(3, 0, 0, 1));
    commands.cutMedia(FRONT);
    assertThat(cut).containsExactly(FRONT);
  }

  @Test
  void pausesResumesAndSwitches() {
    TerminalCommands commands = commands("", MediaAddress.MediaTransport.TCP);
    commands.pause(FRONT, outcomes::add);
    commands.resume(FRONT_SUB, outcomes::add);
    commands.switchTo(FRONT, Quality.SUB, outcomes::add);
    assertThat(links.said(LiveControl.class))
        .containsExactly(
            new LiveControl(3, 2, 0, 0), new LiveControl(3, 3, 0, 1), new LiveControl(3, 1, 0, 1));
    links.disconnect();
    commands.pause(FRONT, outcomes::add);
    assertThat(outcomes).containsExactly(CommandOutcome.NOT_SENT);
  }

  @ParameterizedTest
  @CsvSource({
    "TERMINAL_OFFLINE,LOST",
    "CONNECTION_REPLACED,REPLACED",
    "COMMAND_TIMED_OUT,SILENT",
    "TERMINAL_REFUSED,REFUSED",
    "TERMINAL_BUSY,REPLACED"
  })
  void eachFailureHasItsMeaning(Code code, CommandOutcome outcome) {
    commands("", MediaAddress.MediaTransport.TCP).ask(FRONT, outcomes::add);
    links.said.getFirst().fail(code);
    assertThat(outcomes).containsExactly(outcome);
  }

  @Test
  void nothingIsSentToATerminalThatIsAway() {
    links.disconnect();
    TerminalCommands commands = commands("", MediaAddress.MediaTransport.TCP);
    commands.ask(FRONT, outcomes::add);
    commands.close(FRONT, outcomes::add);
    assertThat(outcomes).containsExactly(CommandOutcome.NOT_SENT, CommandOutcome.NOT_SENT);
    assertThat(commands.reachable("139")).isFalse();
  }

  @Test
  void aTerminalIsAskedForItsFormatsOnceAndTakenAtItsWord() {
    TerminalCommands commands = commands("", MediaAddress.MediaTransport.TCP);
    commands.ask(FRONT, outcomes::add);
    commands.ask(FRONT_SUB, outcomes::add);
    assertThat(links.said(AudioVideoQuery.class)).hasSize(1);
    answerQuery(new AudioVideoAttributes(6, 0, 0, 1, 320, 0, 98, 0, 4));
    assertThat(formats.sound("139")).isEqualTo(ExpectedSound.NONE);
    commands.ask(FRONT, outcomes::add);
    assertThat(links.said(AudioVideoQuery.class)).hasSize(1);
    assertThat(links.said(LiveRequest.class).getLast().data()).isEqualTo(1);
  }

  @Test
  void aTerminalThatComesBackIsAskedAgain() {
    TerminalCommands commands = commands("", MediaAddress.MediaTransport.TCP);
    commands.ask(FRONT, outcomes::add);
    answerQuery(new AudioVideoAttributes(6, 0, 0, 1, 320, 0, 98, 0, 4));
    links.epoch = 2;
    commands.ask(FRONT, outcomes::add);
    commands.ask(FRONT, outcomes::add);
    assertThat(links.said(AudioVideoQuery.class)).hasSize(2);
    // What it said before holds until it says otherwise.
    assertThat(formats.sound("139")).isEqualTo(ExpectedSound.NONE);
    answerQuery(new AudioVideoAttributes(6, 1, 0, 1, 320, 0, 98, 1, 4));
    assertThat(formats.sound("139")).isInstanceOf(ExpectedSound.Of.class);
  }

  @ParameterizedTest
  @CsvSource({
    "6, 0, 1, PCMA, 8000",
    "7, 3, 1, PCMU, 8000",
    "8, 0, 4, G726, 8000",
    "19, 2, 1, AAC, 44100",
    "98, 0, 1, , 0", // a picture's payload type
    "6, 9, 1, PCMA, 8000"
  })
  void whatItSaysOfItsSoundIsExpected(
      int payloadType, int rate, int channels, @Nullable Codec codec, int sampleRate) {
    commands("", MediaAddress.MediaTransport.TCP).ask(FRONT, outcomes::add);
    assertThat(formats.sound("139")).isEqualTo(ExpectedSound.UNKNOWN);
    answerQuery(new AudioVideoAttributes(payloadType, 1, rate, 1, 320, 0, 98, channels, 4));
    assertThat(formats.sound("139"))
        .isEqualTo(
            codec == null
                ? ExpectedSound.UNKNOWN
                : new ExpectedSound.Of(new AudioFormat(codec, sampleRate, 1)));
  }

  @Test
  void aTerminalThatDoesNotAnswerIsAskedTwice() {
    TerminalCommands commands = commands("", MediaAddress.MediaTransport.TCP);
    commands.ask(FRONT, outcomes::add);
    links.said.getLast().fail(Code.COMMAND_TIMED_OUT);
    assertThat(links.said(AudioVideoQuery.class)).hasSize(2);
    links.said.getLast().fail(Code.COMMAND_TIMED_OUT);
    assertThat(links.said(AudioVideoQuery.class)).hasSize(2);
  }

  private void answerQuery(AudioVideoAttributes attributes) {
    links.said.stream()
        .filter(one -> one.message() instanceof AudioVideoQuery)
        .forEach(one -> one.answer().complete(attributes));
  }

  private TerminalCommands commands(String publicAddress, MediaAddress.MediaTransport transport) {
    return new TerminalCommands(
        links,
        new MediaAddress(publicAddress, 6611, 6612, transport),
        formats,
        Duration.ofSeconds(8),
        cut::add);
  }

  private static void assertRequest(
      LiveRequest request, String address, int tcp, int udp, int data, int stream) {
    assertThat(request.address().value()).isEqualTo(address);
    assertThat(request.tcpPort()).isEqualTo(tcp);
    assertThat(request.udpPort()).isEqualTo(udp);
    assertThat(request.channel()).isEqualTo(3);
    assertThat(request.data()).isEqualTo(data);
    assertThat(request.stream()).isEqualTo(stream);
  }
}
