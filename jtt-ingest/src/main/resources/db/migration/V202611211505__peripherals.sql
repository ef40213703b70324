-- What terminals say of their safety peripherals (0x0900 types 0xF7 and 0xF8), the last of each.
CREATE TABLE terminal_peripheral (
  terminal text NOT NULL,
  peripheral smallint NOT NULL,
  state smallint,
  alarms bigint,
  state_at timestamptz,
  company text,
  product text,
  hardware_version text,
  software_version text,
  serial_number text,
  customer_code text,
  described_at timestamptz,
  PRIMARY KEY (terminal, peripheral)
);
