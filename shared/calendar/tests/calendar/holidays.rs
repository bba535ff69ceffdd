//! Holidays, year by year, beside what others have found.

use std::collections::BTreeMap;

use calendar::{Calendar, Holiday, YEARS, date, parse_day};

use crate::calendar as known;

/// Days of a year as `01-01`, those that make up for a lost one with `=`.
fn written(calendar: &Calendar, year: i16) -> String {
    let mut days: BTreeMap<String, &str> = BTreeMap::new();
    for holiday in calendar.holidays(year) {
        let sign = if holiday.is_substitute() { "=" } else { "" };
        days.insert(holiday.day.strftime("%m-%d").to_string(), sign);
    }
    let days: Vec<String> = days
        .iter()
        .map(|(day, sign)| format!("{day}{sign}"))
        .collect();
    days.join(" ")
}

#[test]
fn the_years_since_2014_have_the_holidays_that_others_have_found() {
    let calendar = known();
    let years = include_str!("independent.txt").lines();

    let mut compared = 0;
    for (year, days) in years.filter_map(|line| line.split_once(' ')) {
        let Ok(year) = year.parse() else { continue };
        assert_eq!(written(&calendar, year), days, "{year}");
        compared += 1;
    }

    assert_eq!(compared, 22);
}

#[test]
fn a_holiday_says_its_name_and_the_law_behind_it() {
    let calendar = known();
    let said = |day| {
        let it: &Holiday = calendar.holiday(parse_day(day).unwrap()).unwrap();
        (
            it.name.in_language("ko"),
            it.occasion.in_language("ko"),
            it.occasion.in_language("en"),
            it.legal_basis().in_language("ko"),
        )
    };
    let named = "관공서의 공휴일에 관한 규정 제2조";
    let made_up = "관공서의 공휴일에 관한 규정 제3조";

    for (day, expected) in [
        (
            "2026-02-18",
            (
                "설날 다음 날",
                "설날 연휴",
                "the Lunar New Year holidays",
                named,
            ),
        ),
        (
            "2027-02-09",
            (
                "설날 대체공휴일",
                "설날 연휴",
                "the Lunar New Year holidays",
                made_up,
            ),
        ),
        ("2026-08-15", ("광복절", "광복절", "Liberation Day", named)),
        (
            "2026-08-17",
            (
                "광복절 대체공휴일",
                "광복절 대체공휴일",
                "the substitute holiday for Liberation Day",
                made_up,
            ),
        ),
        // Two holidays in one: the feast is what people call it.
        (
            "2028-10-03",
            ("추석", "추석 연휴", "the Chuseok holidays", named),
        ),
        (
            "2026-06-03",
            (
                "지방선거일",
                "지방선거일",
                "Local Election Day",
                "관공서의 공휴일에 관한 규정 제2조제10호의2, 공직선거법 제34조",
            ),
        ),
    ] {
        assert_eq!(said(day), expected, "{day}");
    }
}

#[test]
fn what_was_lost_is_made_up_for_by_the_law_of_its_day() {
    let calendar = Calendar::default();
    let off = |year, month, day| calendar.holiday(date(year, month, day)).is_some();

    // Christmas on a Sunday, before and after the amendment.
    assert!(!off(2016, 12, 26));
    assert!(off(2033, 12, 26));
    // Memorial Day is never made up for.
    assert!(!off(2027, 6, 7));
    // Constitution Day was none for eighteen years.
    assert!(!off(2025, 7, 17));
    assert!(off(2026, 7, 17));
    // Chuseok's eve on National Foundation Day, Chuseok on Saturday, the day after on
    // Sunday: two are lost, and made up for on two days.
    assert!(off(2036, 10, 6));
    assert!(off(2036, 10, 7));
    assert!(!off(2036, 10, 8));
}

#[test]
fn no_year_is_without_its_fifteen_days() {
    let calendar = Calendar::default();

    for year in YEARS {
        let statutory = calendar.holidays(year).filter(|it| !it.is_substitute());
        let expected = if year < 2026 { 15 } else { 17 };
        assert_eq!(statutory.count(), expected, "{year}");
    }
}

#[test]
fn rows_that_cannot_be_are_named() {
    let read = |date: &str| {
        let row = format!(
            "[[day]]\ndate = \"{date}\"\n\
             name = {{ ko = \"임시공휴일\", en = \"holiday\" }}\n\
             legal_basis = {{ ko = \"제2조\", en = \"art. 2\" }}\n"
        );
        toml::from_str::<Calendar>(&(row.clone() + &row))
            .unwrap_err()
            .to_string()
    };

    assert!(read("2027-05-04").contains("2027-05-04 is given twice"));
    assert!(read("1999-05-04").contains("not within the years"));
    assert!(read("2027-02-29").contains("written like 2026-12-25"));
}
