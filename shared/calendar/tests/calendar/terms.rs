//! Terms in working hours, working days and months.

use calendar::{Calendar, DateTime, Term, date};

use crate::calendar as known;

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

#[test]
fn days_off_do_not_count() {
    let calendar = known();
    // A Friday; Monday to Wednesday are the Lunar New Year.
    let friday = date(2026, 2, 13);
    let after = |days| calendar.after_working_days(friday, days);

    assert_eq!(after(0), friday);
    assert_eq!(after(1), date(2026, 2, 19));
    assert_eq!(after(2), date(2026, 2, 20));
    assert_eq!(after(3), date(2026, 2, 23));
    // March 2 makes up for a Sunday.
    assert_eq!(after(8), date(2026, 3, 3));
    assert_eq!(
        calendar.working_day_from(date(2026, 2, 14)),
        date(2026, 2, 19)
    );
}

#[test]
fn a_short_term_is_counted_in_working_hours_from_its_receipt() {
    let calendar = known();
    let over = |received, term| calendar.due(at(received), term).over_from();

    for (received, term, end) in [
        // Three working hours, once across noon, once across the feast.
        ("2026-11-24T10:30", Term::AtOnce, "2026-11-24T14:30"),
        ("2026-02-13T16:00", Term::AtOnce, "2026-02-19T10:00"),
        // Eight hours a day.
        ("2026-11-24T10:30", Term::Days(1), "2026-11-25T10:30"),
        ("2026-11-24T09:00", Term::Days(1), "2026-11-24T18:00"),
        ("2026-11-27T17:00", Term::Days(5), "2026-12-04T17:00"),
        ("2026-02-13T17:00", Term::Days(3), "2026-02-23T17:00"),
        // What comes at night, at noon or on a Sunday begins with the next hour worked.
        ("2026-11-24T23:15", Term::AtOnce, "2026-11-25T12:00"),
        ("2026-11-24T12:20", Term::AtOnce, "2026-11-24T16:00"),
        ("2026-11-29T08:00", Term::Days(1), "2026-11-30T18:00"),
    ] {
        assert_eq!(over(received, term), at(end), "{received} {term:?}");
    }
}

#[test]
fn a_longer_term_is_counted_in_days_and_the_first_is_one_of_them() {
    let calendar = known();
    let due = |received, term| calendar.due(at(received), term).day;

    for (received, term, end) in [
        ("2026-11-24T17:59", Term::Days(7), date(2026, 12, 2)),
        // Received on a Sunday: Monday is the first.
        ("2026-11-22T10:00", Term::Days(7), date(2026, 12, 1)),
        // Across Chuseok and its weekend.
        ("2026-09-21T10:00", Term::Days(7), date(2026, 10, 1)),
        // By the calendar; the end moves to the next day worked.
        ("2026-11-24T10:00", Term::Months(1), date(2026, 12, 23)),
        ("2026-01-16T10:00", Term::Months(1), date(2026, 2, 19)),
        ("2026-01-31T10:00", Term::Months(1), date(2026, 3, 3)),
    ] {
        assert_eq!(due(received, term), end, "{received} {term:?}");
    }
    let week = calendar.due(at("2026-11-24T17:59"), Term::Days(7));
    assert_eq!(week.over_from(), at("2026-12-03T00:00"));
}

#[test]
fn nothing_is_too_long_to_be_counted() {
    let calendar = Calendar::default();
    let received = at("2026-11-24T10:00");

    let far = calendar.due(received, Term::Days(u32::MAX));

    assert_eq!(far.day, calendar::Date::MAX);
    let never = calendar.due(received, Term::Months(u32::MAX));
    assert_eq!(never.day, calendar::Date::MAX);
}
