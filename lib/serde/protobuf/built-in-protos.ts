/** One file of google/type, shortened to what decoding needs: names, numbers and types. */
const google = (name: string, text: string, imports: readonly string[] = []): [string, string] => [
  `google/type/${name}.proto`,
  `syntax = "proto3"; package google.type; ${imports.map((path) => `import "${path}";`).join(' ')} ${text}`,
];

const days = [
  'DAY_OF_WEEK_UNSPECIFIED',
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];
const months = [
  ...['MONTH_UNSPECIFIED', 'JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY'],
  ...['AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'],
];
const symbols = (names: readonly string[]): string => names.map((name, i) => `${name} = ${i};`).join(' ');

/**
 * Files that a schema may import without a registry giving them: google/type, and Confluent's, which its serializers know.
 * google/protobuf comes with the parser.
 */
export const builtInProtos: ReadonlyMap<string, string> = new Map([
  google(
    'calendar_period',
    'enum CalendarPeriod { CALENDAR_PERIOD_UNSPECIFIED = 0; DAY = 1; WEEK = 2; FORTNIGHT = 3; MONTH = 4; QUARTER = 5; HALF = 6; YEAR = 7; }',
  ),
  google(
    'color',
    'message Color { float red = 1; float green = 2; float blue = 3; google.protobuf.FloatValue alpha = 4; }',
    ['google/protobuf/wrappers.proto'],
  ),
  google('date', 'message Date { int32 year = 1; int32 month = 2; int32 day = 3; }'),
  google(
    'datetime',
    `message DateTime { int32 year = 1; int32 month = 2; int32 day = 3; int32 hours = 4; int32 minutes = 5; int32 seconds = 6;
     int32 nanos = 7; oneof time_offset { google.protobuf.Duration utc_offset = 8; TimeZone time_zone = 9; } }
     message TimeZone { string id = 1; string version = 2; }`,
    ['google/protobuf/duration.proto'],
  ),
  google('dayofweek', `enum DayOfWeek { ${symbols(days)} }`),
  google('decimal', 'message Decimal { string value = 1; }'),
  google(
    'expr',
    'message Expr { string expression = 1; string title = 2; string description = 3; string location = 4; }',
  ),
  google('fraction', 'message Fraction { int64 numerator = 1; int64 denominator = 2; }'),
  google(
    'interval',
    'message Interval { google.protobuf.Timestamp start_time = 1; google.protobuf.Timestamp end_time = 2; }',
    ['google/protobuf/timestamp.proto'],
  ),
  google('latlng', 'message LatLng { double latitude = 1; double longitude = 2; }'),
  google('localized_text', 'message LocalizedText { string text = 1; string language_code = 2; }'),
  google('money', 'message Money { string currency_code = 1; int64 units = 2; int32 nanos = 3; }'),
  google('month', `enum Month { ${symbols(months)} }`),
  google(
    'phone_number',
    `message PhoneNumber { message ShortCode { string region_code = 1; string number = 2; }
     oneof kind { string e164_number = 1; ShortCode short_code = 2; } string extension = 3; }`,
  ),
  google(
    'postal_address',
    `message PostalAddress { int32 revision = 1; string region_code = 2; string language_code = 3; string postal_code = 4;
     string sorting_code = 5; string administrative_area = 6; string locality = 7; string sublocality = 8;
     repeated string address_lines = 9; repeated string recipients = 10; string organization = 11; }`,
  ),
  google('quaternion', 'message Quaternion { double x = 1; double y = 2; double z = 3; double w = 4; }'),
  google(
    'timeofday',
    'message TimeOfDay { int32 hours = 1; int32 minutes = 2; int32 seconds = 3; int32 nanos = 4; }',
  ),
  [
    'confluent/meta.proto',
    `syntax = "proto3"; package confluent; message Meta { string doc = 1; map<string, string> params = 2; repeated string tags = 3; }`,
  ],
  [
    'confluent/type/decimal.proto',
    'syntax = "proto3"; package confluent.type; message Decimal { bytes value = 1; uint32 precision = 2; int32 scale = 3; }',
  ],
]);
