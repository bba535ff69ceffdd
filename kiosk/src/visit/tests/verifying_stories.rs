//! People who want to know whether a paper is genuine.

use std::sync::Arc;

use p256::{
    ecdsa::SigningKey,
    pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding},
};
use request::{NotANumber, ServiceId, Timestamp};
use seal::{Claims, SealKey, SoftSealKey, TrustList, compose};
use sync::PaperAnswer;

use super::{
    citizen::{HOUSEHOLD, type_number},
    scanning_stories::{cannot_read, floods, is_well, scan},
    town::{ExchangeMood, Town, tickets},
};
use crate::visit::{
    Event, Language, Touch,
    step::Step,
    view::{PaperHolding, PaperTold, PaperVerdict, Screen},
};

const NUMBER: &str = "2611-7KQM-X4TD-09RW";
const DAY: i64 = 86_400;

/// An office's key for tests only, and the list that has it.
fn office(number: u8) -> (SoftSealKey, TrustList) {
    let key = SigningKey::from_slice(&[number; 32]).unwrap();
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    let public_key = key
        .verifying_key()
        .to_public_key_pem(LineEnding::LF)
        .unwrap();
    let keys = vec![SealKey {
        office: "한빛시 가온구".to_owned(),
        public_key,
    }];
    (SoftSealKey::from_pem(&pem).unwrap(), TrustList { keys })
}

fn claims(town: &Town, issued_days_ago: i64) -> Claims {
    let issued_at = town.now.wall.as_millis() / 1_000 - issued_days_ago * DAY;
    Claims {
        issuer: "KR-41999".to_owned(),
        issued_at,
        expires_at: issued_at + 90 * DAY,
        service: HOUSEHOLD.to_owned(),
        version: 1,
        document_number: NUMBER.to_owned(),
        fields: vec![
            ("세대주".to_owned(), "한빛나".to_owned()),
            ("주소".to_owned(), "한빛시 가온구 별빛로 12".to_owned()),
        ],
    }
}

fn seal(town: &Town) -> String {
    compose(&claims(town, 3), &office(7).0).unwrap()
}

/// Somebody at a kiosk with a scanner and a list, who wants to know.
fn asking() -> Town {
    let mut town = Town::default();
    is_well(&mut town);
    town.tell(Event::Trusted(Arc::new(office(7).1)));
    town.touch(Touch::Start);
    town.touch(Touch::VerifyPaper);
    town
}

fn counts() -> PaperAnswer {
    PaperAnswer::Valid {
        service: Some(ServiceId::new(HOUSEHOLD)),
        made_at: Some(Timestamp::from_millis(1_795_480_200_000)),
    }
}

fn told(town: &mut Town) -> PaperTold {
    town.wait_for("paper-told");
    match town.screen() {
        Screen::PaperTold(told) => told.clone(),
        other => panic!("nothing is told: {other:?}"),
    }
}

fn holding(town: &Town) -> PaperHolding {
    match town.screen() {
        Screen::HoldPaper(holding) => *holding,
        other => panic!("no paper is asked for: {other:?}"),
    }
}

#[test]
fn a_genuine_paper_is_told_by_its_seal_and_that_it_counts_by_the_exchange() {
    let mut town = asking();
    town.exchange.paper = Some(counts());

    let seal = seal(&town);
    scan(&mut town, &seal);

    let told = told(&mut town);
    assert_eq!(told.verdict, PaperVerdict::Genuine);
    assert_eq!(told.number, NUMBER);
    assert_eq!(told.kind, "주민등록표 등본");
    assert_eq!(told.issued_on, "2026년 11월 21일");
    assert!(!told.over);
    let shown: Vec<_> = told.fields.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(shown, ["한*나", "한*시 가*구 별*로 1*"]);
    assert_eq!(town.exchange.papers_asked.len(), 1);
    assert!(town.requests.is_empty(), "nothing of it is written down");
}

#[test]
fn without_a_line_the_seal_alone_is_judged_and_it_is_said_what_is_not_known() {
    let mut town = asking();
    town.set_exchange(ExchangeMood::Away);

    let seal = seal(&town);
    scan(&mut town, &seal);

    assert_eq!(told(&mut town).verdict, PaperVerdict::GenuineUnasked);
    assert!(town.exchange.papers_asked.is_empty());
}

#[test]
fn a_line_that_dies_while_it_is_asked_keeps_nobody_waiting() {
    let mut town = asking();
    town.exchange.mood = ExchangeMood::Away;
    let seal = seal(&town);
    scan(&mut town, &seal);

    assert_eq!(town.visit.step, Step::LookingUpPaper);
    assert_eq!(told(&mut town).verdict, PaperVerdict::GenuineUnasked);
}

#[test]
fn what_was_taken_back_made_anew_or_never_written_down_is_told_so() {
    let of = |replaced| PaperAnswer::Void {
        service: None,
        made_at: None,
        replaced,
    };
    for (answer, verdict) in [
        (Some(of(false)), PaperVerdict::Void),
        (Some(of(true)), PaperVerdict::Replaced),
        (Some(PaperAnswer::Unknown), PaperVerdict::NotOnRecord),
        // A number of a lease under the office's own seal: somebody invents.
        (
            Some(PaperAnswer::Leased { service: None }),
            PaperVerdict::NotOnRecord,
        ),
        (
            Some(PaperAnswer::TooManyTries),
            PaperVerdict::GenuineUnasked,
        ),
        (None, PaperVerdict::GenuineUnasked),
    ] {
        let mut town = asking();
        town.exchange.paper = answer.clone();
        let seal = seal(&town);
        scan(&mut town, &seal);
        assert_eq!(told(&mut town).verdict, verdict, "{answer:?}");
    }
}

#[test]
fn a_paper_whose_time_is_over_is_genuine_all_the_same() {
    let mut town = asking();
    town.exchange.paper = Some(counts());

    let old = compose(&claims(&town, 91), &office(7).0).unwrap();
    scan(&mut town, &old);

    let told = told(&mut town);
    assert_eq!((told.verdict, told.over), (PaperVerdict::Genuine, true));
}

/// The same bytes with one claim changed under the old signature.
fn forged(town: &Town) -> String {
    let honest = seal(town);
    let unpack = |text: &str| {
        let packed = base45::decode(&text[4..]).unwrap();
        miniz_oxide::inflate::decompress_to_vec_zlib(&packed).unwrap_or(packed)
    };
    let mut bytes = unpack(&honest);
    let name = "한빛나".as_bytes();
    let at = bytes.windows(name.len()).position(|it| it == name).unwrap();
    bytes[at..at + name.len()].copy_from_slice("강도깨".as_bytes());
    format!("MW1:{}", base45::encode(&bytes))
}

#[test]
fn an_altered_paper_is_told_from_one_of_a_stranger_and_from_what_is_none() {
    let town = asking();
    let stranger = compose(&claims(&town, 3), &office(9).0).unwrap();
    let seal = seal(&town);
    let ticket = tickets().sign(&tickets().claim_code("a"), 0, 0).unwrap();
    for (text, verdict) in [
        (forged(&town), PaperVerdict::Altered),
        (stranger, PaperVerdict::Stranger),
        (seal[..seal.len() / 2].to_owned(), PaperVerdict::Damaged),
        ("https://example.com/".to_owned(), PaperVerdict::NoSeal),
        (ticket, PaperVerdict::NoSeal),
    ] {
        let mut town = asking();
        town.exchange.paper = Some(counts());

        scan(&mut town, &text);

        let told = told(&mut town);
        assert_eq!(told.verdict, verdict, "{text}");
        assert_eq!((told.number.as_str(), told.fields.len()), ("", 0));
        assert!(
            town.exchange.papers_asked.is_empty(),
            "what is not believed is not asked about: {text}"
        );
    }
}

#[test]
fn not_one_changed_letter_of_a_seal_is_believed() {
    let mut town = asking();
    town.exchange.paper = Some(counts());
    let seal = seal(&town);
    for place in 4..seal.len() {
        let mut letters = seal.clone().into_bytes();
        letters[place] = if letters[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(letters).unwrap();
        scan(&mut town, &changed);
        let told = told(&mut town);
        assert!(
            matches!(
                told.verdict,
                PaperVerdict::Altered | PaperVerdict::Stranger | PaperVerdict::Damaged
            ),
            "letter {place}: {told:?}"
        );
        town.touch(Touch::VerifyPaper);
    }
}

#[test]
fn what_cannot_be_read_is_held_up_again() {
    let mut town = asking();
    town.exchange.paper = Some(counts());
    assert!(!holding(&town).unreadable);

    cannot_read(&mut town);
    assert!(holding(&town).unreadable);
    let seal = seal(&town);
    scan(&mut town, &seal);
    assert_eq!(told(&mut town).verdict, PaperVerdict::Genuine);

    town.touch(Touch::VerifyPaper);
    assert!(!holding(&town).unreadable);
}

#[test]
fn without_a_list_or_a_scanner_the_number_is_asked_for() {
    let mut unlisted = Town::default();
    is_well(&mut unlisted);
    let mut without = Town::default();
    without.tell(Event::Trusted(Arc::new(office(7).1)));
    let mut broken = Town::default();
    floods(&mut broken);
    broken.tell(Event::Trusted(Arc::new(office(7).1)));
    for mut town in [unlisted, without, broken] {
        town.exchange.paper = Some(counts());
        town.touch(Touch::Start);
        town.touch(Touch::VerifyPaper);
        assert_eq!(town.screen().name(), "paper-number");

        type_number(&mut town, "26117kqmx4td09rw");

        let told = told(&mut town);
        assert_eq!(told.verdict, PaperVerdict::NumberValid);
        assert_eq!(told.kind, "주민등록표 등본");
        assert_eq!(town.exchange.papers_asked[0].as_str(), NUMBER);
    }
}

#[test]
fn a_kiosk_that_can_neither_read_nor_ask_says_so() {
    let mut town = Town::default();
    town.set_exchange(ExchangeMood::Away);
    town.touch(Touch::Start);
    town.touch(Touch::VerifyPaper);

    let nothing = PaperHolding {
        may_scan: false,
        may_type: false,
        unreadable: false,
    };
    assert_eq!(holding(&town), nothing);
    town.touch(Touch::TypePaperNumber);
    assert_eq!(holding(&town), nothing);
    town.touch(Touch::Back);
    assert_eq!(town.visit.step, Step::Finding);
}

#[test]
fn a_scanner_that_goes_away_leaves_the_number() {
    let mut town = asking();
    floods(&mut town);
    assert!(!holding(&town).may_scan && holding(&town).may_type);

    town.touch(Touch::TypePaperNumber);
    type_number(&mut town, NUMBER);
    assert_eq!(told(&mut town).verdict, PaperVerdict::NotAnswered);
}

#[test]
fn a_typing_error_is_told_before_anybody_is_asked() {
    let mut town = asking();
    town.touch(Touch::TypePaperNumber);
    for (typed, refusal) in [
        ("", NotANumber::Empty),
        ("2611-7KQM", NotANumber::Length(8)),
        ("2611-7UQM-X4TD-09RW", NotANumber::Letter('U')),
        ("2613-7KQM-X4TD-09RW", NotANumber::Month),
        ("2612-7KQM-X4TD-09RW", NotANumber::NotYet),
    ] {
        type_number(&mut town, typed);
        match town.screen() {
            Screen::PaperNumber(entry) => assert_eq!(entry.refusal, Some(refusal), "{typed}"),
            other => panic!("{typed}: {other:?}"),
        }
    }
    assert!(town.exchange.papers_asked.is_empty());
    town.touch(Touch::Back);
    assert_eq!(town.visit.step, Step::HoldingPaper { unreadable: false });
}

#[test]
fn of_a_number_is_told_what_the_exchange_says() {
    for (answer, verdict) in [
        (Some(PaperAnswer::Unknown), PaperVerdict::NumberUnknown),
        (
            Some(PaperAnswer::Leased { service: None }),
            PaperVerdict::NumberLeased,
        ),
        (Some(PaperAnswer::TooManyTries), PaperVerdict::TooManyTries),
        (None, PaperVerdict::NotAnswered),
    ] {
        let mut town = asking();
        town.exchange.paper = answer.clone();
        town.touch(Touch::TypePaperNumber);
        type_number(&mut town, NUMBER);
        assert_eq!(told(&mut town).verdict, verdict, "{answer:?}");
    }
}

#[test]
fn nothing_of_a_paper_is_left_for_the_next_citizen() {
    let mut town = asking();
    town.exchange.paper = Some(counts());
    let seal = seal(&town);
    scan(&mut town, &seal);
    told(&mut town);

    town.pass_seconds(100);
    assert_eq!(town.visit.step, Step::Resting);
    assert!(!format!("{:?}", town.visit.person).contains(NUMBER));

    town.touch(Touch::Start);
    town.touch(Touch::VerifyPaper);
    let seal = self::seal(&town);
    scan(&mut town, &seal);
    told(&mut town);
    town.touch(Touch::Next);
    assert_eq!(town.visit.step, Step::Resting);
}

#[test]
fn it_is_told_in_the_language_of_who_asks() {
    let mut town = asking();
    town.exchange.paper = Some(counts());
    town.touch(Touch::ChooseLanguage(Language::English));
    let seal = seal(&town);
    scan(&mut town, &seal);

    let told = told(&mut town);
    assert_eq!(told.kind, "Resident register, household");
    assert_eq!(told.issued_on, "November 21, 2026");
}
