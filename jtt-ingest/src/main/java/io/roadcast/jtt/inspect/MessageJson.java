package io.roadcast.jtt.inspect;

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
import io.roadcast.jtt.jt808.CallBack;
import io.roadcast.jtt.jt808.CameraShot;
import io.roadcast.jtt.jt808.CameraShotAnswer;
import io.roadcast.jtt.jt808.CanData;
import io.roadcast.jtt.jt808.CompressedUp;
import io.roadcast.jtt.jt808.DriverCard;
import io.roadcast.jtt.jt808.FtpUpload;
import io.roadcast.jtt.jt808.FtpUploadControl;
import io.roadcast.jtt.jt808.FtpUploadResult;
import io.roadcast.jtt.jt808.Heartbeat;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.jtt.jt808.LiveStatus;
import io.roadcast.jtt.jt808.LocationAnswer;
import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationQuery;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.LogOff;
import io.roadcast.jtt.jt808.MediaEvent;
import io.roadcast.jtt.jt808.MediaSearch;
import io.roadcast.jtt.jt808.MediaSearchAnswer;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.MediaUploadAnswer;
import io.roadcast.jtt.jt808.PanTilt;
import io.roadcast.jtt.jt808.ParameterAnswer;
import io.roadcast.jtt.jt808.ParameterQuery;
import io.roadcast.jtt.jt808.ParameterSelection;
import io.roadcast.jtt.jt808.ParameterWrite;
import io.roadcast.jtt.jt808.PassengerFlow;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.PlatformPackageRequest;
import io.roadcast.jtt.jt808.PlatformRsaKey;
import io.roadcast.jtt.jt808.PlaybackControl;
import io.roadcast.jtt.jt808.PlaybackRequest;
import io.roadcast.jtt.jt808.ProtocolVersion;
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

/**
 * The JSON form of a message's body. Names and units are those that other programs rely on; numbers
 * stand as on the wire.
 */
final class MessageJson {
  private MessageJson() {}

  static void write(Jt808Message message, ProtocolVersion layout, JsonFields out) {
    switch (message) {
      case AlarmConfirmation m -> GeneralJson.write(m, out);
      case AttachmentFile m -> SafetyJson.write(m, out);
      case AttachmentFileAnswer m -> SafetyJson.write(m, out);
      case AttachmentFileSent m -> SafetyJson.write(m, out);
      case AttachmentList m -> SafetyJson.write(m, out);
      case AttachmentUpload m -> SafetyJson.write(m, out);
      case AttributeAnswer m -> GeneralJson.write(m, out);
      case AudioVideoAttributes m -> VideoJson.write(m, out);
      case Authentication m -> GeneralJson.write(m, out);
      case CallBack m -> GeneralJson.write(m, out);
      case CameraShot m -> MediaJson.write(m, out);
      case CameraShotAnswer m -> MediaJson.write(m, out);
      case CanData m -> GeneralJson.write(m, out);
      case CompressedUp m -> MediaJson.write(m, out);
      case DriverCard m -> GeneralJson.write(m, layout, out);
      case FtpUpload m -> VideoJson.write(m, out);
      case FtpUploadControl m -> VideoJson.write(m, out);
      case FtpUploadResult m -> VideoJson.write(m, out);
      case LiveControl m -> VideoJson.write(m, out);
      case LiveRequest m -> VideoJson.write(m, out);
      case LiveStatus m -> VideoJson.write(m, out);
      case LocationAnswer m -> LocationJson.write(m, out);
      case LocationBatch m -> LocationJson.write(m, out);
      case LocationReport m -> LocationJson.write(m, out);
      case MediaEvent m -> MediaJson.write(m, out);
      case MediaSearch m -> MediaJson.write(m, out);
      case MediaSearchAnswer m -> MediaJson.write(m, out);
      case MediaUpload m -> MediaJson.write(m, out);
      case MediaUploadAnswer m -> MediaJson.write(m, out);
      case PanTilt m -> PtzJson.write(m, out);
      case ParameterAnswer m -> ParameterJson.write(m, out);
      case ParameterSelection m -> ParameterJson.write(m, out);
      case ParameterWrite m -> ParameterJson.write(m, out);
      case PassengerFlow m -> VideoJson.write(m, out);
      case PlatformAnswer m -> GeneralJson.write(m, out);
      case PlatformPackageRequest m -> GeneralJson.write(m, out);
      case PlatformRsaKey m -> GeneralJson.write(m, out);
      case PlaybackControl m -> VideoJson.write(m, out);
      case PlaybackRequest m -> VideoJson.write(m, out);
      case PtzFocus m -> PtzJson.write(m, out);
      case PtzInfraredLight m -> PtzJson.write(m, out);
      case PtzIris m -> PtzJson.write(m, out);
      case PtzWiper m -> PtzJson.write(m, out);
      case PtzZoom m -> PtzJson.write(m, out);
      case Registration m -> GeneralJson.write(m, out);
      case RegistrationAnswer m -> GeneralJson.write(m, out);
      case ResourceList m -> VideoJson.write(m, out);
      case ResourceQuery m -> VideoJson.write(m, out);
      case SingleMediaUpload m -> MediaJson.write(m, out);
      case SoundRecording m -> MediaJson.write(m, out);
      case StoredMediaUpload m -> MediaJson.write(m, out);
      case TerminalAnswer m -> GeneralJson.write(m, out);
      case TerminalControl m -> GeneralJson.write(m, out);
      case TerminalPackageRequest m -> GeneralJson.write(m, out);
      case TerminalRsaKey m -> GeneralJson.write(m, out);
      case TextMessage m -> GeneralJson.write(m, layout, out);
      case TimeAnswer m -> GeneralJson.write(m, out);
      case TrackingControl m -> LocationJson.write(m, out);
      case TransparentDown m -> SafetyJson.write(m, out);
      case TransparentUp m -> SafetyJson.write(m, out);
      case UpgradePackage m -> GeneralJson.write(m, out);
      case UpgradeProgress m -> SafetyJson.write(m, out);
      case UpgradeResult m -> GeneralJson.write(m, out);
      case VehicleControlAnswer m -> LocationJson.write(m, out);
      case UnknownMessage m -> out.hex("raw_hex", m.body());
      case AttributeQuery _,
          AudioVideoQuery _,
          Heartbeat _,
          LocationQuery _,
          LogOff _,
          ParameterQuery _,
          TimeQuery _ -> {
        // No body.
      }
    }
  }
}
