//! People who want to know which office has something.

use std::{path::Path, sync::Arc, time::Duration};

use locator::Locator;

use super::{citizen::LAND, town::Town};
use crate::visit::{
    Key, Language, Touch,
    step::Step,
    view::{HoldingSheet, Holdings, Screen},
};

fn holdings(town: &Town) -> &Holdings {
    match town.screen() {
        Screen::Holdings(holdings) => holdings,
        other => panic!("not the locator: {other:?}"),
    }
}

fn sheet(town: &Town) -> &HoldingSheet {
    match town.screen() {
        Screen::Holding(sheet) => sheet,
        other => panic!("not a holding: {other:?}"),
    }
}

/// Somebody at the locator who has typed this.
fn asking(language: Language, keys: &str) -> Town {
    let mut town = Town::default();
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalog/locator");
    town.visit.locator = Arc::new(Locator::read(&house, &town.visit.catalog).unwrap());
    town.touch(Touch::ChooseLanguage(language));
    town.touch(Touch::Locate);
    for key in keys.chars() {
        town.touch(Touch::Key(Key::Character(key)));
    }
    town
}

#[test]
fn who_asks_for_something_is_told_which_office_has_it_and_its_telephone() {
    for (language, keys, wanted, office) in [
        (
            Language::Korean,
            "ㅁㅣㅅㅔㅁㅓㄴㅈㅣ",
            "air-pollution",
            "환경부 대기관리과",
        ),
        (
            Language::Korean,
            "ㅁㅅㅁㅈ",
            "air-pollution",
            "환경부 대기관리과",
        ),
        (
            Language::English,
            "bus timetable",
            "bus-routes",
            "Hanbit City Hall, transport policy",
        ),
    ] {
        let mut town = asking(language, keys);
        let first = holdings(&town).found[0].clone();
        assert_eq!(
            (first.holding.as_str(), first.office.as_str()),
            (wanted, office)
        );

        town.touch(Touch::OpenHolding(first.holding));

        assert_eq!(sheet(&town).office, office);
        assert!(!sheet(&town).telephone.is_empty() && !sheet(&town).place.is_empty());
    }
}

#[test]
fn the_way_back_from_a_holding_leads_to_what_was_typed() {
    let mut town = asking(Language::Korean, "ㅈㅣㅈㅣㄴ");
    town.touch(Touch::OpenHolding("earthquake-list".to_owned()));

    town.touch(Touch::Back);
    assert_eq!(
        holdings(&town).text.clone() + &holdings(&town).composing,
        "지진"
    );
    town.touch(Touch::Back);

    assert!(matches!(town.screen(), Screen::Find(around) if around.locator));
    assert_eq!(town.requests.len(), 0);
}

#[test]
fn a_register_leads_to_the_paper_that_is_made_of_it() {
    let mut town = asking(Language::Korean, "ㅌㅈㄷㅈ");
    town.touch(Touch::OpenHolding("register-land-ledger".to_owned()));
    let paper = sheet(&town).service.clone().unwrap();

    town.touch(Touch::ChooseService(paper.service));

    assert!(matches!(town.screen(), Screen::Service(_)));
    assert_eq!(town.visit.service().unwrap().id.as_str(), LAND);
}

#[test]
fn a_kiosk_without_descriptions_does_not_offer_to_find_any() {
    let mut town = Town::default();
    town.touch(Touch::Start);

    town.touch(Touch::Locate);
    town.touch(Touch::OpenHolding("earthquake-list".to_owned()));

    assert!(matches!(town.screen(), Screen::Find(around) if !around.locator));
}

#[test]
fn what_nobody_holds_finds_nothing_and_whoever_goes_leaves_nothing_behind() {
    let mut town = asking(Language::Korean, "ㅋㅋㅋㅋ");
    assert!(holdings(&town).found.is_empty() && !holdings(&town).more);

    town.pass(Duration::from_secs(600));

    assert_eq!(town.visit.step, Step::Resting);
    town.touch(Touch::Start);
    town.touch(Touch::Locate);
    assert_eq!(holdings(&town).text, "");
}
