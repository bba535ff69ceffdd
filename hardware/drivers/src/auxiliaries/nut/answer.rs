//! What the server of a power supply says, line by line (Network UPS Tools, Developer Guide,
//! chapter 9: network protocol information; IANA service `nut`, port 3493).

use devices::power_supply::{Power, PowerSupplyFault, Source};

/// A longer line is none of this server's: names and values are shorter than 512 bytes.
pub(super) const LINE_MAX: usize = 1_024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The value of one variable.
    Var {
        ups: String,
        name: String,
        value: String,
    },
    ListBegun,
    ListEnded,
    Fault(PowerSupplyFault),
}

/// What one line says; `None` when it makes no sense.
pub(super) fn read(line: &[u8]) -> Option<Answer> {
    let words = words(std::str::from_utf8(line).ok()?)?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["VAR", ups, name, value] => Some(Answer::Var {
            ups: ups.to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
        }),
        ["BEGIN", "LIST", "VAR", _] => Some(Answer::ListBegun),
        ["END", "LIST", "VAR", _] => Some(Answer::ListEnded),
        ["ERR", error, ..] => Some(Answer::Fault(fault(error))),
        _ => None,
    }
}

/// The errors that a server gives to whom only reads; all others would say that it was asked
/// what it does not understand.
fn fault(error: &str) -> PowerSupplyFault {
    match error {
        "DATA-STALE" | "DRIVER-NOT-CONNECTED" => PowerSupplyFault::Stale,
        "UNKNOWN-UPS" => PowerSupplyFault::Unknown,
        "ACCESS-DENIED" | "USERNAME-REQUIRED" | "PASSWORD-REQUIRED" => PowerSupplyFault::Refused,
        _ => PowerSupplyFault::Nonsense,
    }
}

/// Words between spaces; one in quotes may have spaces in it, and a backslash keeps the
/// character behind it from meaning anything.
fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut letters = line.trim_end_matches('\r').chars().peekable();
    while let Some(first) = letters.next() {
        if first == ' ' {
            continue;
        }
        let quoted = first == '"';
        let mut word = String::new();
        let mut next = if quoted { letters.next() } else { Some(first) };
        loop {
            match next {
                None if quoted => return None,
                None => break,
                Some('"') if quoted => break,
                Some(' ') if !quoted => break,
                Some('\\') => word.push(letters.next()?),
                Some(letter) if letter.is_control() => return None,
                Some(letter) => word.push(letter),
            }
            next = letters.next();
        }
        words.push(word);
    }
    Some(words)
}

/// What `ups.status` says. Flags that say nothing of a kiosk's power are passed over; a status
/// without any that does makes no sense.
pub(super) fn power(status: &str) -> Option<Power> {
    let has = |flag| status.split_ascii_whitespace().any(|it| it == flag);
    let source = if has("OB") {
        Source::Battery
    } else if has("OFF") || has("BYPASS") {
        Source::Unprotected
    } else if has("OL") {
        Source::Mains
    } else if has("FSD") {
        Source::Battery
    } else {
        return None;
    };
    Some(Power {
        source,
        battery_low: has("LB"),
        replace_battery: has("RB"),
        shutting_down: has("FSD"),
        charge: None,
        runtime_seconds: None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn lines_of_the_developer_guide_are_understood() {
        let var = |name: &str, value: &str| {
            Some(Answer::Var {
                ups: "su700".to_owned(),
                name: name.to_owned(),
                value: value.to_owned(),
            })
        };
        for (line, answer) in [
            ("VAR su700 ups.status \"OL\"", var("ups.status", "OL")),
            ("VAR su700 ups.mfr \"APC\"\r", var("ups.mfr", "APC")),
            (
                "VAR su700 ups.model \"A \\\"big\\\" \\\\one\"",
                var("ups.model", "A \"big\" \\one"),
            ),
            ("BEGIN LIST VAR su700", Some(Answer::ListBegun)),
            ("END LIST VAR su700", Some(Answer::ListEnded)),
            (
                "ERR DATA-STALE",
                Some(Answer::Fault(PowerSupplyFault::Stale)),
            ),
            (
                "ERR UNKNOWN-UPS extra",
                Some(Answer::Fault(PowerSupplyFault::Unknown)),
            ),
            ("VAR su700 ups.status \"OL", None),
            ("VAR su700 ups.status", None),
            ("HTTP/1.1 400 Bad Request", None),
            ("", None),
        ] {
            assert_eq!(read(line.as_bytes()), answer, "{line}");
        }
        assert_eq!(read(b"VAR su700 ups.mfr \"\xff\""), None);
    }

    #[test]
    fn a_status_says_where_the_power_comes_from_and_whether_it_ends() {
        for (status, source, ending) in [
            ("OL", Source::Mains, false),
            ("OL CHRG LB", Source::Mains, false),
            ("OB DISCHRG", Source::Battery, false),
            ("OB LB", Source::Battery, true),
            ("LB OB DISCHRG", Source::Battery, true),
            ("FSD OL", Source::Mains, true),
            ("FSD", Source::Battery, true),
            ("OL BYPASS", Source::Unprotected, false),
            ("OFF", Source::Unprotected, false),
        ] {
            let power = power(status).unwrap();
            assert_eq!(
                (power.source, power.is_ending()),
                (source, ending),
                "{status}"
            );
        }
        for nothing in ["", "WAIT", "ol", "OLD", "ALARM"] {
            assert_eq!(power(nothing), None, "{nothing}");
        }
    }
}
