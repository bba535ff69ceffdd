//! The catalogue that ships.

#[path = "edition/finding.rs"]
mod finding;

use std::{fs, path::Path, time::Duration};

use catalog::Catalog;
use request::{IdentityLevel, PersonalFact, ServiceId, Timestamp};

/// 2026-11-24, 09:30 in Korea.
const TUESDAY: Timestamp = Timestamp::from_millis(1_795_480_200_000);

fn catalog() -> Catalog {
    Catalog::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the edition fits together")
}

#[test]
fn every_service_has_a_fee_today_and_texts_in_both_languages() {
    let catalog = catalog();

    for service in catalog.services() {
        let fee = catalog.fee(service, &|_| None, "41999", TUESDAY.local(), "ko");
        assert!(fee.is_some(), "{}", service.id);
        for text in [&service.title, &service.summary, &service.issuer] {
            assert!(!text.ko.is_empty() && !text.en.is_empty(), "{}", service.id);
        }
    }
    assert!(catalog.services().count() >= 3);
}

#[test]
fn land_elsewhere_costs_more() {
    let catalog = catalog();
    let service = catalog
        .service(&ServiceId::new("land-ledger"))
        .expect("it ships");
    let won = |code: &str| {
        let answers = |_: &str| Some(code.to_owned());
        catalog
            .fee(service, &answers, "41999", TUESDAY.local(), "ko")
            .map(|fee| fee.unit_won)
    };

    assert_eq!(won("4199910100"), Some(300));
    assert_eq!(won("1111010100"), Some(500));
    assert_eq!(service.identity, IdentityLevel::None);
}

#[test]
fn a_parcel_number_is_a_parcel_number() {
    let catalog = catalog();
    let service = catalog
        .service(&ServiceId::new("land-ledger"))
        .expect("it ships");
    let question = &service.questions[1];

    for good in ["1", "12", "12-3", "9999-9999"] {
        assert!(question.accepts(good), "{good}");
    }
    for bad in [
        "",
        "0",
        "012",
        "12-",
        "-3",
        "12-3-4",
        "12345",
        "산12",
        "12345-6789",
    ] {
        assert!(!question.accepts(bad), "{bad}");
    }
}

#[test]
fn every_service_says_how_long_it_keeps_what_is_personal() {
    let year = Duration::from_secs(365 * 24 * 60 * 60);

    for retention in catalog().retentions() {
        assert!(retention.at_station() <= year / 12, "{retention:?}");
        for fact in PersonalFact::ALL {
            assert!(retention.at_exchange(fact) >= retention.at_station());
        }
    }
    for service in catalog().services() {
        let retention = &service.retention;
        if service.consent.is_some() {
            // The words of the consent promise five years.
            assert_eq!(retention.at_exchange(PersonalFact::Consent), year * 5);
        }
    }
}

#[test]
fn a_service_may_keep_other_hours_than_its_network() {
    let catalog = catalog();
    let open = |id: &str, now: Timestamp| {
        let service = catalog.service(&ServiceId::new(id)).expect("it ships");
        let access = catalog.access(service).expect("its network ships");
        access.is_open_at(now.local())
    };
    let late = TUESDAY + Duration::from_hours(11);

    assert!(open("real-estate-register", TUESDAY) && open("land-ledger", TUESDAY));
    assert!(!open("real-estate-register", late) && open("land-ledger", late));
}

#[test]
fn a_petition_is_accepted_in_words_and_ends_in_no_paper() {
    let catalog = catalog();
    let petition = ServiceId::new("petition");
    let service = catalog.accepted_service(&petition).expect("it ships");
    let terms = service.terms();

    assert!(catalog.service(&petition).is_none());
    assert!(catalog.services().all(|it| it.id != petition));
    assert_eq!((terms.copies_max, terms.identity), (0, IdentityLevel::None));
    assert_eq!(terms.questions, ["subject", "text"]);
    assert_eq!(service.answer_within_days, 14);
    let text = service.question("text").expect("it is asked");
    assert!(text.accepts(&"가".repeat(20_000)) && !text.accepts(&"가".repeat(20_001)));
    assert_eq!(catalog.retention(&petition), Some(&service.retention));
}

#[test]
fn an_accepted_service_without_a_term_or_a_question_is_refused() {
    for (number, (standing, other, complaint)) in [
        ("days = 14", "days = 0", "answer_within_days"),
        ("limit = 200\n", "limit = 0\n", "limit"),
        ("[\"email\"]", "[]", "channels"),
        ("[\"email\"]", "[\"kiosk\"]", "says who asks"),
        (
            "version = 2",
            "version = 2\nidentity = \"number\"",
            "letter",
        ),
        ("version = 2", "version = 2\ntopic = \"tax\"", "topic"),
        ("appeal_within_days = 60", "", "appeal"),
        ("answer = 1825", "answer = 1", "must not keep"),
        ("kind = \"accepted\"", "kind = \"abandoned\"", "abandoned"),
        (
            "version = 2",
            "version = 2\nnetwork = \"people-id\"",
            "network",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let error = refused_in("petition", 200 + number, standing, other);
        assert!(error.contains(complaint), "{error}");
    }
}

/// What the loader says of a land ledger in which one text stands for another.
fn refused(number: usize, standing: &str, other: &str) -> String {
    refused_in("land-ledger", number, standing, other)
}

fn refused_in(service: &str, number: usize, standing: &str, other: &str) -> String {
    let file = format!("services/{service}/service.toml");
    refused_with(&file, number, standing, other)
}

fn refused_with(file: &str, number: usize, standing: &str, other: &str) -> String {
    let folder =
        std::env::temp_dir().join(format!("minwon-edition-{}-{number}", std::process::id()));
    copy(Path::new(env!("CARGO_MANIFEST_DIR")), &folder);
    let file = folder.join(file);
    let text = fs::read_to_string(&file).expect("it ships");
    assert!(text.contains(standing));
    fs::write(&file, text.replace(standing, other)).expect("a writable folder");

    let error = Catalog::read(&folder).expect_err(other).to_string();

    let _ = fs::remove_dir_all(&folder);
    error
}

#[test]
fn terms_that_contradict_themselves_are_refused() {
    for (number, (standing, other, complaint)) in [
        ("answer = 365", "answer = 0", "must not keep"),
        ("identity = 365", "identity = 7", "no evidence"),
        ("document = 90", "document = 30", "relied upon"),
        ("consent = 365, ", "", "consent"),
        ("answer = 365", "answer = -1", "answer"),
    ]
    .into_iter()
    .enumerate()
    {
        let error = refused(number, standing, other);
        assert!(error.contains(complaint), "{error}");
    }
}

#[test]
fn a_lease_without_an_end_or_of_personal_records_is_refused() {
    for (number, (standing, other, complaint)) in [
        ("papers = 40", "papers = 0", "1 to 1000 papers"),
        ("papers = 40", "papers = 1001", "1 to 1000 papers"),
        ("hours = 72", "hours = 0", "1 to 168 hours"),
        ("hours = 72", "hours = 169", "1 to 168 hours"),
        (
            "identity = \"none\"",
            "identity = \"strong\"",
            "without identification",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let error = refused(100 + number, standing, other);
        assert!(error.contains(complaint), "{error}");
    }
}

#[test]
fn answers_about_people_are_never_given_again() {
    let about_a_thing = "parameters = { district";
    let cached = |minutes: u32| format!("cache_for_minutes = {minutes}\n{about_a_thing}");
    for (number, minutes) in [0, 61].into_iter().enumerate() {
        let error = refused(300 + number, about_a_thing, &cached(minutes));
        assert!(error.contains("1 to 60"), "{error}");
    }
    let service = "resident-register-household";
    let standing = "copies_max = 5";
    let other = "copies_max = 5\ncache_for_minutes = 10";
    let error = refused_in(service, 302, standing, other);
    assert!(error.contains("about things, not people"), "{error}");
}

#[test]
fn a_two_person_check_that_cannot_be_passed_or_asks_for_a_number_is_refused() {
    let file = "two-persons.toml";
    for (number, (standing, other, complaint)) in [
        ("asked_max = 5", "asked_max = 3", "asked_max"),
        ("right_needed = 3", "right_needed = 0", "1 to 100"),
        ("tries_per_number = 2", "tries_per_number = 0", "1 to 100"),
        ("minutes = 15", "minutes = 0", "1 to 60 minutes"),
        (
            "passed_minutes = 30",
            "passed_minutes = 61",
            "1 to 60 minutes",
        ),
        (
            "fields = [\"/moved_in\"]",
            "fields = [\"/resident_number\"]",
            "resident number",
        ),
        ("id = \"street\"", "id = \"moved-in\"", "same id"),
        (
            "service = \"resident-register-household\"",
            "service = \"land-ledger\"",
            "more than a resident number",
        ),
        (
            "service = \"resident-register-household\"",
            "service = \"no-such\"",
            "does not have",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let error = refused_with(file, 300 + number, standing, other);
        assert!(error.contains(complaint), "{error}");
    }
    let anybody = (
        "identity = \"none\"",
        "identity = \"none\"\ntwo_persons = true",
    );
    let error = refused(320, anybody.0, anybody.1);
    assert!(error.contains("who somebody is"), "{error}");
}

#[test]
fn every_question_of_the_check_is_worded_in_both_languages() {
    let catalog = catalog();
    let check = catalog.two_persons().expect("it ships");

    assert!(check.questions.len() > check.bounds.asked_max as usize);
    for question in &check.questions {
        let wording = &question.wording;
        assert!(!wording.ko.is_empty() && !wording.en.is_empty());
        assert_eq!(check.question(&question.id), Some(question));
    }
    let allowed: Vec<_> = catalog.services().filter(|it| it.two_persons).collect();
    assert!(allowed.iter().all(|it| it.identity > IdentityLevel::None));
    assert_eq!(allowed.len(), 2);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a writable folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() && !path.ends_with("target") {
            copy(&path, &to);
        } else if path.is_file() {
            fs::copy(&path, to).expect("a copy");
        }
    }
}

#[test]
fn what_anybody_may_ask_for_has_no_room_for_a_whole_resident_number() {
    let catalog = catalog();
    let whole = "^[0-9]{13}$";
    let public = |it: &&catalog::Service| it.identity == IdentityLevel::None;

    for service in catalog.services().filter(public) {
        assert!(!service.record_schema.contains(whole), "{}", service.id);
    }
    let household = catalog.service(&ServiceId::new("resident-register-household"));
    assert!(household.is_some_and(|it| it.record_schema.contains(whole)));
}

#[test]
fn who_is_asked_about_by_number_is_who_the_record_must_be_about() {
    let by_number = |it: &&catalog::Service| {
        let mut sources = it.parameters.values();
        sources.any(|source| source == "applicant.resident_number")
    };
    let catalog = catalog();

    for service in catalog.services().filter(by_number) {
        let id = &service.id;
        let sample: Option<serde_json::Value> = serde_json::from_str(&service.sample).ok();
        let (Some(subject), Some(sample)) = (&service.subject, sample) else {
            panic!("{id} does not say whom it is about");
        };
        let place = subject.first_place();
        let number = sample.pointer(&place).and_then(|it| it.as_str());
        assert!(
            number.is_some_and(|it| subject.is(it, &sample)),
            "{id}: {place}"
        );
    }
}
