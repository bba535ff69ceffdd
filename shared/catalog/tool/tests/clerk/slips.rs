//! Slips of the pen, one a row.

pub(crate) const LAND: &str = "services/land-ledger/service.toml";
pub(crate) const MILITARY: &str = "services/military-record/service.toml";
pub(crate) const PETITION: &str = "services/petition/service.toml";
pub(crate) const TEMPLATE: &str = "services/military-record/certificate.typ";
pub(crate) const SAMPLE: &str = "services/military-record/sample.json";
pub(crate) const SCHEMA: &str = "services/military-record/record.schema.json";
pub(crate) const NETWORK: &str = "networks/military.toml";
pub(crate) const LAND_FEES: &str = "fees/land-ledger.toml";
pub(crate) const FEES: &str = "fees/military.toml";

/// File, what stands in it, what stands there instead, the rule that is broken, and a
/// text on the line it is said of; none where another file is to blame.
pub(crate) type Slip = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
pub(crate) const SLIPS: [Slip; 55] = [
    // What the file itself is.
    (LAND, "rank = 3", "rank = 3\nrnak = 3", "unknown-key", "rnak"),
    (LAND, "rank = 3", "rank = three", "toml", "rank"),
    (LAND, "rank = 3", "rank = \"three\"", "kind", "rank"),
    (LAND, "rank = 3", "rank = -3", "kind", "rank"),
    (LAND, "copies_max = 5\n", "", "missing-key", "id = "),
    (LAND, "identity = \"none\"", "identity = \"nobody\"", "choice", "identity"),
    (LAND, "hours = 72", "hours = 72, minutes = 5", "unknown-key", "offline"),
    (LAND, "offline = { lease", "offline = { lend", "choice", "offline"),
    (PETITION, "answer_within_days = 14\n", "", "missing-key", "id = "),
    (NETWORK, "timeout_ms = ", "timeout = ", "unknown-key", "timeout"),
    (SCHEMA, "\"type\"", "type", "json", "type:"),
    (SCHEMA, "\"type\": \"object\"", "\"type\": \"objekt\"", "schema", "objekt"),
    // Texts.
    (MILITARY, ", en = \"Hide\"", "", "missing-text", "가리기"),
    (MILITARY, "en = \"Hide\"", "en = \" \"", "missing-text", "가리기"),
    (MILITARY, "en = \"Hide\"", "en = \"가리기\"", "not-english", "가리기"),
    (LAND, "\"지목\"", "\"땅문서\"", "keyword-twice", "땅문서"),
    (LAND, "\"lot\"", "\"Land ledger\"", "keyword-twice", "Land ledger\","),
    // Names.
    (LAND, "id = \"land-ledger\"", "id = \"land-leger\"", "id", "land-leger"),
    (LAND, "network = \"land", "network = \"lend", "unknown-network", "network"),
    (LAND, "topic = \"land\"", "topic = \"lend\"", "unknown-topic", "topic"),
    ("elsewhere.toml", "topic = \"identity\"", "topic = \"me\"", "unknown-topic", "topic"),
    (LAND, "ordinance = \"land-ledger\"", "ordinance = \"lend\"", "unknown-ordinance", "fee ="),
    (LAND, "place = \"district\"", "place = \"distrct\"", "fee-place", "fee ="),
    (LAND, "\"answer.district\"", "\"answer.distrct\"", "unknown-source", "parameters"),
    (LAND, "\"answer.district\"", "\"applicant.resident_number\"", "nobody-asked", "parameters"),
    (MILITARY, "\"applicant.resident_number\"", "\"option.detials\"", "unknown-source", "parameters"),
    (MILITARY, "\"applicant.resident_number\"", "\"applicant.name\"", "unknown-source", "parameters"),
    (LAND, "id = \"parcel_number\"", "id = \"district\"", "twice", "id = \"district\"\nlabel = { ko = \"지번"),
    (MILITARY, "id = \"full\"", "id = \"masked\"", "twice", "id = \"masked\"\nlabel = { ko = \"모두"),
    (MILITARY, "name = \"역종\"", "name = \"성명\"", "twice", "name = \"성명\"\npointer = \"/disp"),
    // Questions and options.
    (LAND, "codes = \"districts\"", "codes = \"distrits\"", "unknown-codes", "codes ="),
    (LAND, "codes = \"districts\"\n", "", "no-codes", "[[question]]"),
    (LAND, "kind = \"parcel_number\"", "codes = \"districts\"\nkind = \"parcel_number\"", "idle-codes", "codes = \"districts\"\nkind"),
    (LAND, "limit = 9", "limit = 5", "limit", "limit = 5"),
    (TEMPLATE, "chosen(\"details\", \"no\")", "chosen(\"detail\", \"no\")", "unknown-option", "chosen"),
    (TEMPLATE, "chosen(\"details\", \"no\")", "chosen(\"details\", \"none\")", "unknown-option", "chosen"),
    (MILITARY, "numbers = \"full\" }", "numbers = \"plain\" }", "unknown-option", "plain"),
    (MILITARY, "id = \"visa\"", "id = \"employer\"", "twice", "id = \"employer\"\nlabel = { ko = \"해외"),
    // What is promised.
    (LAND, "hours = 72", "hours = 169", "offline", "offline"),
    (LAND, "papers = 40", "papers = 0", "offline", "offline"),
    (LAND, "valid_days = 90", "valid_days = 2", "offline", "offline"),
    (MILITARY, "\"refuse\"", "{ queue = { fresh_for_hours = 0 } }", "offline", "offline"),
    (MILITARY, "\"refuse\"", "{ lease = { papers = 1, hours = 1, snapshot = \"s\" } }", "offline", "offline"),
    (MILITARY, "document = 90", "document = 30", "retention", "exchange_days"),
    (MILITARY, "identity = 1825", "identity = 30", "retention", "exchange_days"),
    (MILITARY, "station_days = 1", "station_days = 2000", "retention", "exchange_days"),
    (MILITARY, "subject = \"/person/resident_number\"\n", "", "no-subject", "parameters"),
    (NETWORK, "timeout_ms", "hours = [{ days = [\"monday\"], from = \"18:00\", to = \"09:00\" }]\ntimeout_ms", "value", "hours"),
    (NETWORK, "timeout_ms", "hours = [{ days = [\"monday\"], from = \"9\", to = \"18:00\" }]\ntimeout_ms", "value", "hours"),
    (LAND_FEES, "scope = \"outside\"", "scope = \"inside\"", "fee-overlap", "amount_won = 500"),
    (FEES, "from = \"2015-01-01\"", "from = \"2015-02-29\"", "value", "from"),
    // Records.
    (SAMPLE, "\"resident_number\": \"", "\"resident_number\": \"x", "sample", "\"resident_number\""),
    (MILITARY, "subject = \"/person", "subject = \"/peson", "pointer", "subject"),
    (MILITARY, "pointer = \"/person/name\"", "pointer = \"/person/nam\"", "pointer", "/person/nam"),
    (SCHEMA, "\"kind\",", "", "pointer", ""),
];
