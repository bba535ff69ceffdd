//! What a technician sets is written down first, and then so.

use super::super::{
    Command, Event,
    adjusting::{Set, Setting},
    book::What,
    task::{Tab, Task},
};
use super::shop::Shop;
use crate::visit::{Language, Preferences};

fn setting(setting: Setting) -> Shop {
    let mut shop = Shop::open();
    shop.enter();
    shop.touch(Task::Open(Tab::Settings));
    shop.touch(Task::Adjust(setting));
    shop
}

fn preferred(shop: &Shop) -> Option<Preferences> {
    shop.wanted.iter().rev().find_map(|it| match it {
        Command::Prefer(preferences) => Some(*preferences),
        _ => None,
    })
}

#[test]
fn the_first_language_goes_round_and_stands_in_the_book() {
    let mut shop = setting(Setting::Language);
    assert!(
        shop.prompt().contains("처음 언어: 한국어"),
        "{}",
        shop.prompt()
    );
    shop.touch(Task::Less);

    assert_eq!(
        shop.book().last(),
        Some(&What::Set(Set::Language(Language::Arabic)))
    );
    assert_eq!(
        preferred(&shop).map(|it| it.language),
        Some(Language::Arabic)
    );
    shop.touch(Task::More);
    shop.touch(Task::More);
    assert!(shop.prompt().contains("English"), "{}", shop.prompt());

    let again = Shop::with(shop.maintenance.book().clone());
    let language = again.maintenance.book().preferences().language;
    assert_eq!(language, Language::English, "so it is after the next start");
}

#[test]
fn nobody_turns_the_voice_off_or_the_screen_dark() {
    let mut shop = setting(Setting::Volume);
    for _ in 0..20 {
        shop.touch(Task::Less);
    }
    assert_eq!(preferred(&shop).map(|it| it.volume), Some(10));
    shop.touch(Task::Cancel);
    shop.touch(Task::Adjust(Setting::Brightness));
    for _ in 0..20 {
        shop.touch(Task::Less);
    }
    let shines = |it: &Command| matches!(it, Command::Shine(10));
    assert!(shop.wanted.iter().any(shines));
    let darker = |it: &Command| matches!(it, Command::Shine(0..10));
    assert!(!shop.wanted.iter().any(darker));
}

#[test]
fn what_cannot_be_written_down_stays_as_it_was() {
    let mut shop = setting(Setting::Volume);
    shop.book_fails = true;
    shop.touch(Task::More);

    assert_eq!(preferred(&shop), None);
    assert!(shop.prompt().contains("60%"), "{}", shop.prompt());
}

#[test]
fn a_clock_that_is_not_the_exchanges_is_told_and_keeps_the_machine_from_being_ready() {
    let mut shop = Shop::open();
    shop.enter();
    let clock = |shop: &Shop| {
        let rows = shop.rows();
        rows.into_iter().find(|it| it.name == "시각").unwrap().note
    };
    assert!(clock(&shop).contains("손목시계"), "{}", clock(&shop));

    for (ahead, told) in [
        (59_000, "맞아요"),
        (180_000, "3분 느려요"),
        (-7_200_000, "2시간 빨라요"),
    ] {
        shop.happens(Event::ExchangeClock(ahead));
        shop.pass(std::time::Duration::from_secs(3));
        assert!(clock(&shop).contains(told), "{}", clock(&shop));
    }
    shop.touch(Task::Open(Tab::Reports));
    let why = shop
        .rows()
        .into_iter()
        .map(|it| it.note)
        .collect::<String>();
    assert!(why.contains("시계가 중계 서버와 다름"), "{why}");
}
