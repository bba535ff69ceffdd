//! What is open when, and what is told of what is closed.

#![allow(clippy::unwrap_used)]

use request::Timestamp;

use super::*;

fn hours(windows: &str) -> Hours {
    let table: toml::Table = format!("hours = [{windows}]").parse().unwrap();
    table["hours"].clone().try_into().unwrap()
}

fn maintenance(rows: &str) -> Vec<Maintenance> {
    let table: toml::Table = format!("rows = [{rows}]").parse().unwrap();
    table["rows"].clone().try_into().unwrap()
}

/// Some hours after Tuesday, 2026-11-24, 09:30 in Korea.
fn after(hours: i64) -> LocalTime {
    Timestamp::from_millis(1_795_480_200_000 + hours * 3_600_000).local()
}

fn on(year: i16, month: i8, day: i8, hour: u32) -> LocalTime {
    LocalTime::new(calendar::date(year, month, day), hour * 60)
}

const WORKDAYS: &str = r#"{ days = ["monday", "tuesday", "wednesday", "thursday", "friday"], from = "09:00", to = "18:00" }"#;
const AFTERNOONS: &str = r#"{ days = ["tuesday", "saturday"], from = "13:00", to = "20:00" }"#;
const NIGHTS: &str = r#"{ days = ["sunday"], from = "02:00", to = "04:00", notice = { ko = "점검해요.", en = "It is serviced." } }"#;
const CHRISTMAS: &str = r#"{ date = "2026-12-25", from = "20:00", to = "24:00", notice = { ko = "옮겨요.", en = "It moves." } }"#;

#[test]
fn what_is_closed_says_when_it_opens() {
    let calendar = Calendar::default();
    let (works, afternoons) = (hours(WORKDAYS), hours(AFTERNOONS));
    let always = Hours::default();
    let table: [(&[&Hours], i64, &str, &str); 6] = [
        (&[&afternoons], 0, "오늘 13:00", "today at 13:00"),
        (&[&works], 9, "내일 09:00", "tomorrow at 09:00"),
        (&[&works], 81, "월요일 09:00", "Monday at 09:00"),
        // Both at once: the agency's hours and the kiosk's own.
        (
            &[&works, &afternoons],
            24,
            "화요일 13:00",
            "Tuesday at 13:00",
        ),
        (&[&works, &always], 9, "내일 09:00", "tomorrow at 09:00"),
        // A whole week until the same hour again.
        (
            &[&works, &afternoons],
            4,
            "12월 1일(화) 13:00",
            "Tuesday, December 1 at 13:00",
        ),
    ];

    for (hours, later, korean, english) in table {
        let mut access = Access::new(&calendar, hours[0]);
        for own in &hours[1..] {
            access = access.within(own);
        }
        let opening = access.opening_after(after(later)).unwrap();
        assert_eq!(opening.in_words("ko"), korean, "{later}");
        assert_eq!(opening.in_words("en"), english, "{later}");
    }
}

#[test]
fn a_feast_is_the_reason_where_it_opens_later_for_it() {
    let calendar = Calendar::default();
    let works = hours(WORKDAYS);
    let access = Access::new(&calendar, &works);
    let told = |now| access.explanation(now, "ko").unwrap_or_default();

    // 2026-02-16 to 18, Monday to Wednesday, are the Lunar New Year.
    let feast = "설날 연휴라 2월 19일(목) 오전 9시부터 할 수 있어요.";
    assert_eq!(told(on(2026, 2, 13, 20)), feast);
    assert_eq!(told(on(2026, 2, 17, 10)), feast);
    assert_eq!(told(on(2026, 2, 18, 20)), "내일 오전 9시부터 할 수 있어요.");
    assert_eq!(told(on(2026, 2, 19, 10)), "");
    let holiday = |now| matches!(access.closed_at(now), Some(Closed::Holiday(_)));
    assert!(holiday(on(2026, 2, 17, 10)));
    assert!(!holiday(on(2026, 2, 17, 20)));
    assert!(!holiday(on(2026, 2, 14, 10)));
}

#[test]
fn what_is_worked_on_is_closed_and_says_so() {
    let calendar = Calendar::default();
    let (always, rows) = (
        Hours::default(),
        maintenance(&[NIGHTS, CHRISTMAS].join(",")),
    );
    let access = Access::new(&calendar, &always).apart_from(&rows);
    let told = |now| access.explanation(now, "ko");

    assert_eq!(told(on(2026, 11, 29, 1)), None);
    assert_eq!(
        told(on(2026, 11, 29, 2)).as_deref(),
        Some("점검해요. 오늘 오전 4시부터 할 수 있어요.")
    );
    assert_eq!(told(on(2026, 11, 29, 4)), None);
    assert_eq!(told(on(2026, 11, 30, 2)), None);
    assert_eq!(
        told(on(2026, 12, 25, 20)).as_deref(),
        Some("옮겨요. 내일 오전 0시부터 할 수 있어요.")
    );
    assert_eq!(told(on(2027, 12, 25, 20)), None);
}

#[test]
fn hours_that_never_meet_promise_nothing() {
    let calendar = Calendar::default();
    let works = hours(WORKDAYS);
    let sundays = hours(r#"{ days = ["sunday"], from = "10:00", to = "12:00" }"#);
    let access = Access::new(&calendar, &works).within(&sundays);

    assert_eq!(access.opening_after(after(0)), None);
    assert_eq!(access.explanation(after(0), "ko").as_deref(), Some(""));
}

#[test]
fn maintenance_is_on_some_days_and_forwards() {
    let refused = |row: &str| {
        let table: toml::Table = format!("row = {{ {row}, notice = {{ ko = \"\", en = \"\" }} }}")
            .parse()
            .unwrap();
        let read: Result<Maintenance, _> = table["row"].clone().try_into();
        read.unwrap_err().to_string()
    };

    assert!(refused(r#"from = "02:00", to = "04:00""#).contains("either on"));
    let both = r#"days = ["sunday"], date = "2026-12-25", from = "02:00", to = "04:00""#;
    assert!(refused(both).contains("either on"));
    assert!(
        refused(r#"days = ["sunday"], from = "23:00", to = "01:00""#).contains("23:00 to 01:00")
    );
    assert!(refused(r#"date = "2026-02-30", from = "02:00", to = "04:00""#).contains("2026-12-25"));
}
