//! Six languages at the screen, and two on whatever leaves it.

use request::{Outcome, Stage};

use super::{
    citizen::{Citizen, FAMILY, LAND},
    laws,
    town::Town,
};
use crate::visit::{Language, Touch, step::Step, view::Screen};

fn choosing(town: &Town) -> bool {
    town.view.as_ref().unwrap().choosing_language
}

#[test]
fn whoever_opens_the_languages_chooses_one_or_goes_back() {
    let mut town = Town::default();

    town.touch(Touch::OpenLanguages);
    assert!(choosing(&town));
    town.touch(Touch::CloseLanguages);
    assert!(!choosing(&town));
    town.touch(Touch::OpenLanguages);
    town.touch(Touch::ChooseLanguage(Language::Vietnamese));

    assert!(!choosing(&town));
    assert!(matches!(town.screen(), Screen::Find(_)));
    assert_eq!(
        town.view.as_ref().unwrap().language,
        Language::Vietnamese,
        "a language chosen at rest begins a visit in it"
    );
}

#[test]
fn languages_that_somebody_left_open_close_by_themselves() {
    let mut town = Town::default();
    town.touch(Touch::OpenLanguages);

    town.pass_seconds(120);

    assert!(!choosing(&town));
    assert_eq!(town.visit.step, Step::Resting);
}

#[test]
fn a_citizen_of_every_language_walks_away_with_a_certificate() {
    for language in Language::ALL {
        for service in [LAND, FAMILY] {
            let mut town = Town::default();
            town.touch(Touch::ChooseLanguage(language));

            Citizen::asking_for(service).walk_home(&mut town);

            laws::reckon(&town);
            let request = town.request();
            assert_eq!(request.language, language.code());
            assert_eq!(request.stage, Stage::Closed(Outcome::Done), "{language:?}");
            assert_eq!(town.printer.sheets.len(), 1, "{language:?}");
        }
    }
}

#[test]
fn receipts_and_consent_are_in_the_language_of_their_texts() {
    for (language, heading, texts) in [
        (Language::Korean, "영수증", "ko"),
        (Language::Japanese, "Receipt", "en"),
        (Language::Arabic, "Receipt", "en"),
    ] {
        let mut town = Town::default();
        town.touch(Touch::ChooseLanguage(language));

        Citizen::asking_for(FAMILY).walk_home(&mut town);

        let slip = format!("{:?}", town.receipts.slips[0]);
        assert!(slip.contains(heading), "{language:?}: {slip}");
        let consent = town.request().consent.unwrap();
        assert_eq!(consent.language, texts, "{language:?}");
    }
}
