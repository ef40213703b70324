package io.roadcast.jtt.jt808;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every message that has a record. */
final class MessageCodecs {
  private static final Map<Integer, MessageCodec<?>> BY_ID =
      List.<MessageCodec<?>>of(
              TerminalAnswer.CODEC,
              Heartbeat.CODEC,
              LogOff.CODEC,
              TimeQuery.CODEC,
              TerminalPackageRequest.CODEC,
              Registration.CODEC,
              Authentication.CODEC,
              ParameterAnswer.CODEC,
              AttributeAnswer.CODEC,
              UpgradeResult.CODEC,
              LocationReport.CODEC,
              LocationAnswer.CODEC,
              VehicleControlAnswer.CODEC,
              DriverCard.CODEC,
              LocationBatch.CODEC,
              CanData.CODEC,
              MediaEvent.CODEC,
              MediaUpload.CODEC,
              MediaSearchAnswer.CODEC,
              CameraShotAnswer.CODEC,
              TransparentUp.CODEC,
              CompressedUp.CODEC,
              TerminalRsaKey.CODEC,
              AudioVideoAttributes.CODEC,
              PassengerFlow.CODEC,
              ResourceList.CODEC,
              FtpUploadResult.CODEC,
              AttachmentList.CODEC,
              AttachmentFile.CODEC,
              AttachmentFileSent.CODEC,
              UpgradeProgress.CODEC,
              PlatformAnswer.CODEC,
              PlatformPackageRequest.CODEC,
              TimeAnswer.CODEC,
              RegistrationAnswer.CODEC,
              ParameterWrite.CODEC,
              ParameterQuery.CODEC,
              TerminalControl.CODEC,
              ParameterSelection.CODEC,
              AttributeQuery.CODEC,
              UpgradePackage.CODEC,
              LocationQuery.CODEC,
              TrackingControl.CODEC,
              AlarmConfirmation.CODEC,
              TextMessage.CODEC,
              CallBack.CODEC,
              MediaUploadAnswer.CODEC,
              CameraShot.CODEC,
              MediaSearch.CODEC,
              StoredMediaUpload.CODEC,
              SoundRecording.CODEC,
              SingleMediaUpload.CODEC,
              TransparentDown.CODEC,
              PlatformRsaKey.CODEC,
              AudioVideoQuery.CODEC,
              LiveRequest.CODEC,
              LiveControl.CODEC,
              LiveStatus.CODEC,
              PlaybackRequest.CODEC,
              PlaybackControl.CODEC,
              ResourceQuery.CODEC,
              FtpUpload.CODEC,
              FtpUploadControl.CODEC,
              AttachmentUpload.CODEC,
              AttachmentFileAnswer.CODEC,
              PanTilt.CODEC,
              PtzFocus.CODEC,
              PtzIris.CODEC,
              PtzWiper.CODEC,
              PtzInfraredLight.CODEC,
              PtzZoom.CODEC)
          .stream()
          .collect(Collectors.toUnmodifiableMap(MessageCodec::id, Function.identity()));

  private MessageCodecs() {}

  static Set<Integer> ids() {
    return BY_ID.keySet();
  }

  /** Null if the id has no record. */
  static @Nullable MessageCodec<?> find(int id) {
    return BY_ID.get(id);
  }
}
