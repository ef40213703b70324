package io.roadcast.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.Lock;

/** The rules of docs/ARCHITECTURE.md that a compiler does not check. */
@AnalyzeClasses(
    packages = "io.roadcast",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeGenerated.class})
class ArchitectureTest {
  /** What the benchmark harness makes of its benchmarks follows no rules of ours. */
  static final class DoNotIncludeGenerated implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/jmh_generated/");
    }
  }

  private static final String MEDIA = "io.roadcast.media..";
  private static final String FLEET = "io.roadcast.fleet..";
  private static final String EVENTS = "io.roadcast.events..";
  private static final String SFU = "io.roadcast.sfu..";
  private static final String JTT = "io.roadcast.jtt..";
  private static final String RECORDER = "io.roadcast.recorder..";
  private static final String SIGNALING = "io.roadcast.signaling..";
  private static final String SERVER = "io.roadcast.server..";
  private static final String SIMULATOR = "io.roadcast.simulator..";
  private static final String BENCH = "io.roadcast.bench..";

  @ArchTest
  static final ArchRule mediaKnowsNobody =
      none(MEDIA, FLEET, EVENTS, SFU, JTT, RECORDER, SIGNALING, SERVER, SIMULATOR, BENCH);

  @ArchTest
  static final ArchRule fleetKnowsNobody =
      none(FLEET, MEDIA, EVENTS, SFU, JTT, RECORDER, SIGNALING, SERVER, SIMULATOR, BENCH);

  @ArchTest
  static final ArchRule eventsKnowTheFleetOnly =
      none(EVENTS, MEDIA, SFU, JTT, RECORDER, SIGNALING, SERVER, SIMULATOR, BENCH);

  @ArchTest
  static final ArchRule sfuKnowsMediaOnly =
      none(SFU, FLEET, EVENTS, JTT, RECORDER, SIGNALING, SERVER, SIMULATOR, BENCH);

  @ArchTest
  static final ArchRule ingestKnowsWhatItFeeds =
      none(JTT, RECORDER, SIGNALING, SERVER, SIMULATOR, BENCH);

  @ArchTest
  static final ArchRule recorderKnowsStreamsOnly =
      none(RECORDER, JTT, SIGNALING, SERVER, SIMULATOR, BENCH);

  @ArchTest
  static final ArchRule signalingKnowsNoServer = none(SIGNALING, SERVER, SIMULATOR, BENCH);

  @ArchTest static final ArchRule serverKnowsNoToolOfOurs = none(SERVER, SIMULATOR, BENCH);

  @ArchTest
  static final ArchRule simulatorKnowsMessagesOnly =
      none(SIMULATOR, FLEET, EVENTS, SFU, RECORDER, SIGNALING, SERVER, BENCH);

  @ArchTest
  static final ArchRule benchKnowsWhatItMeasures = none(BENCH, FLEET, EVENTS, SIGNALING, SERVER);

  @ArchTest
  static final ArchRule loadViewersJudgeTheServerWithOtherCode =
      none("io.roadcast.bench.viewer..", SFU);

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.roadcast.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule javalinStaysInSignaling =
      onlyIn("io.javalin..", SIGNALING).because("the media plane speaks no HTTP");

  @ArchTest
  static final ArchRule nettyStaysWhereTcpIs =
      onlyIn("io.netty..", JTT, "io.roadcast.sfu.tcp..", SIMULATOR, BENCH);

  @ArchTest
  static final ArchRule cryptographyOfOthersStaysInNegotiation =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.roadcast.sfu.webrtc..", "io.roadcast.sfu.srtp..", BENCH)
          .and()
          .doNotHaveSimpleName("SelfSignedCertificate")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.ice4j..", "org.jitsi..", "org.bouncycastle..");

  @ArchTest
  static final ArchRule ffmpegStaysInItsPackage =
      onlyIn("org.bytedeco..", "io.roadcast.media.ffmpeg..");

  @ArchTest
  static final ArchRule tablesAreReachedFromFewRooms =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.roadcast.fleet.database..",
              "io.roadcast.fleet.store..",
              "io.roadcast.events.store..",
              "io.roadcast.events.action..",
              "io.roadcast.events.webhook..",
              "io.roadcast.jtt.journal..",
              "io.roadcast.jtt.position..",
              "io.roadcast.jtt.safety..",
              "io.roadcast.jtt.command..",
              "io.roadcast.jtt.live..",
              "io.roadcast.jtt.multimedia..",
              "io.roadcast.recorder.catalog..",
              "io.roadcast.recorder.policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "org.jdbi..", "org.flywaydb..", "org.postgresql..", "com.zaxxer..");

  @ArchTest
  static final ArchRule productDoesNotUseTheTestsDatabase =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.roadcast.fleet.database.testing..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.roadcast.fleet.database.testing..");

  @ArchTest
  static final ArchRule mediaHasNeitherSocketsNorThreads =
      noClasses()
          .that()
          .resideInAPackage(MEDIA)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.nio.channels..", "java.util.concurrent.locks..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule nothingBlocksOnTheForwardingPath =
      noClasses()
          .that()
          .resideInAnyPackage("io.roadcast.sfu.router..", "io.roadcast.sfu.udp..")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(BlockingQueue.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Lock.class);

  @ArchTest
  static final ArchRule environmentIsReadInOnePlace =
      noClasses()
          .that()
          .doNotHaveSimpleName("ConfigLoader")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule namesSaySomething =
      noClasses().should().haveNameMatching(".*(Manager|Utils?|Impl|Base|Helper)");

  @ArchTest
  static final ArchRule nothingStaticChanges = fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule oneLoggingApi =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static void everyPackageSaysWhatItIs(JavaClasses classes) {
    Set<String> missing = new TreeSet<>();
    for (JavaClass type : classes) {
      if (type.getPackage().tryGetPackageInfo().isEmpty()) {
        missing.add(type.getPackageName());
      }
    }
    assertThat(missing).as("packages without package-info").isEmpty();
  }

  private static ArchRule none(String of, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(of)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  private static ArchRule onlyIn(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
