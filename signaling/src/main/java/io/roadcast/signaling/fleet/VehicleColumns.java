package io.roadcast.signaling.fleet;

import io.roadcast.fleet.Channel;
import io.roadcast.fleet.store.ImportRow;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which column of an import's file says what, by the names in its first line. */
final class VehicleColumns {
  /** What a column can be; unknown names are ignored. */
  enum Column {
    PLATE("plate", "车牌号", "车牌号码", "车牌"),
    PLATE_COLOR("plate_color", "车牌颜色"),
    NAME("name", "名称", "车辆名称"),
    GROUP("group", "分组", "车组"),
    PHONE("phone", "终端手机号", "手机号", "sim卡号", "终端号"),
    MEDIA_ID("media_id", "音视频终端号"),
    IMEI("imei"),
    ALIAS("alias", "别名"),
    CHANNELS("channels", "通道");

    private final List<String> names;

    Column(String... names) {
      this.names = List.of(names);
    }

    static Optional<Column> of(String header) {
      String name = header.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
      return Arrays.stream(values()).filter(column -> column.names.contains(name)).findFirst();
    }
  }

  private final Map<Column, Integer> places = new EnumMap<>(Column.class);

  /**
   * @throws ApiException INVALID_BODY if there is no plate among them
   */
  VehicleColumns(CsvReader.Line header) {
    for (int i = 0; i < header.cells().size(); i++) {
      int place = i;
      Column.of(header.cells().get(i)).ifPresent(column -> places.putIfAbsent(column, place));
    }
    if (!places.containsKey(Column.PLATE)) {
      throw new ApiException(
          ErrorCode.INVALID_BODY,
          "The first line names the columns; one of them is \"plate\", others are plate_color,"
              + " name, group, phone, media_id, imei, alias, channels.");
    }
  }

  ImportRow row(CsvReader.Line line) {
    return new ImportRow(
        line.line(),
        cell(line, Column.PLATE),
        cell(line, Column.PLATE_COLOR),
        cell(line, Column.NAME),
        cell(line, Column.GROUP),
        cell(line, Column.PHONE),
        several(cell(line, Column.MEDIA_ID)),
        cell(line, Column.IMEI),
        several(cell(line, Column.ALIAS)),
        channels(cell(line, Column.CHANNELS)));
  }

  private @Nullable String cell(CsvReader.Line line, Column column) {
    Integer place = places.get(column);
    if (place == null || place >= line.cells().size() || line.cells().get(place).isBlank()) {
      return null;
    }
    return line.cells().get(place);
  }

  private static List<String> several(@Nullable String cell) {
    return cell == null
        ? List.of()
        : Arrays.stream(cell.split("[;|]")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Either how many there are, or their names in order; a name may say its number: "5:Rear". */
  private static List<ImportRow.NumberedName> channels(@Nullable String cell) {
    List<ImportRow.NumberedName> channels = new ArrayList<>();
    List<String> items = several(cell);
    if (items.size() == 1 && items.getFirst().matches("[0-9]{1,2}")) {
      for (int number = 1; number <= Integer.parseInt(items.getFirst()); number++) {
        channels.add(new ImportRow.NumberedName(number, null));
      }
      return channels;
    }
    for (String item : items) {
      int colon = item.indexOf(':');
      boolean numbered = colon > 0 && item.substring(0, colon).matches("[0-9]{1,3}");
      int number = numbered ? Integer.parseInt(item.substring(0, colon)) : channels.size() + 1;
      String name = numbered ? item.substring(colon + 1) : item;
      channels.add(new ImportRow.NumberedName(Math.min(number, Channel.MAX_NUMBER), name));
    }
    return channels;
  }
}
