package io.roadcast.server.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.roadcast.server.config.LoggingSection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The form of the log. {@code logback.xml} says it for people; here comes what the configuration
 * changes. Rules: nothing is logged per packet; bad input is counted and summed up once a second; a
 * line says which connection, stream or viewer it is about.
 */
public final class Logs {
  private static final String CONSOLE = "console";

  private Logs() {}

  /** Applies the configuration and takes in what libraries log through java.util.logging. */
  public static void configure(LoggingSection section) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    Level level = Level.toLevel(section.level().name());
    context.getLogger("io.roadcast").setLevel(level);
    context.getLogger("access").setLevel(level);
    context.getLogger("audit").setLevel(Level.INFO);
    if (section.format() == LoggingSection.LogFormat.JSON
        && root.getAppender(CONSOLE) instanceof ConsoleAppender<ILoggingEvent> console) {
      writeJson(context, console);
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static void writeJson(LoggerContext context, ConsoleAppender<ILoggingEvent> console) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithMarkers(false);
    encoder.setWithKVPList(false);
    encoder.start();
    console.stop();
    console.setEncoder(encoder);
    console.start();
  }
}
