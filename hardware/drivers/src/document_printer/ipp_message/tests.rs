//! Answers of printers, whole and otherwise.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, sync::Arc};

use devices::printer::JobId;
use ipp::{model::StatusCode, prelude::IppAttributes};
use proptest::prelude::*;

use super::*;

/// As a printer answers when it is asked for a job.
fn well() -> Vec<u8> {
    let answer = IppRequestResponse::new_response(IppVersion::v1_1(), StatusCode::SuccessfulOk, 1);
    let mut answer = answer.unwrap();
    let attributes: &mut IppAttributes = answer.attributes_mut();
    for (name, value) in [
        ("job-id", 7),
        ("job-state", 9),
        ("job-impressions-completed", 1),
    ] {
        let attribute = IppAttribute::with_name(name, IppValue::Integer(value)).unwrap();
        attributes.add(DelimiterTag::JobAttributes, attribute);
    }
    let name = IppValue::NameWithoutLanguage("2611-AAAA".try_into().unwrap());
    let name = IppAttribute::with_name("job-name", name).unwrap();
    attributes.add(DelimiterTag::JobAttributes, name);
    for (name, value) in [("printer-state", 3), ("printer-impressions-completed", 100)] {
        let attribute = IppAttribute::with_name(name, IppValue::Integer(value)).unwrap();
        attributes.add(DelimiterTag::PrinterAttributes, attribute);
    }
    attributes.add(
        DelimiterTag::PrinterAttributes,
        keyword("printer-state-reasons", "none").unwrap(),
    );
    let model = IppValue::TextWithLanguage {
        language: "ko".try_into().unwrap(),
        text: "프린터".try_into().unwrap(),
    };
    let bottom = IppValue::Keyword("bottom".try_into().unwrap());
    let tray = BTreeMap::from([("media-source".try_into().unwrap(), bottom)]);
    for (name, value) in [
        ("printer-make-and-model", model),
        ("media-col-ready", IppValue::Collection(tray)),
    ] {
        let attribute = IppAttribute::with_name(name, value).unwrap();
        attributes.add(DelimiterTag::PrinterAttributes, attribute);
    }
    answer.to_bytes().to_vec()
}

fn questions() -> [Question; 5] {
    let name = JobId::new("2611-AAAA");
    [
        Question::PrinterAttributes,
        Question::PrintJob {
            name: name.clone(),
            document: Arc::from(&b"%PDF"[..]),
        },
        Question::JobAttributes { id: 7 },
        Question::FindJob { name },
        Question::CancelJob { id: 7 },
    ]
}

/// What is made of these bytes, for each question; nothing where they are no IPP.
fn heard(bytes: Vec<u8>) -> Vec<Answer> {
    let questions = questions();
    let answers = questions.iter().map(|it| read(it, bytes.clone()));
    answers.filter_map(Result::ok).collect()
}

#[test]
fn an_answer_that_is_whole_is_read() {
    let job = || Answer::Job {
        id: 7,
        state: 9,
        sheets: 1,
    };
    let printer = PrinterAttributes {
        state: 3,
        reasons: vec!["none".to_owned()],
        impressions: Some(100),
    };

    let answers = [
        Answer::Printer(printer),
        Answer::Submitted { id: 7 },
        job(),
        job(),
        Answer::Canceled,
    ];
    assert_eq!(heard(well()), answers);
}

/// A text with a language whose length is a lie: a library that believes it panics.
#[test]
fn a_length_within_a_value_is_not_believed() {
    let mut lies = well();
    let at = lies.windows(4).position(|it| it == [0, 2, b'k', b'o']);
    lies[at.unwrap()] = 0x65;

    let told = read(&questions()[0], lies);
    assert!(matches!(
        told,
        Err(Unreadable::Misframed(Misframed::Language))
    ));
}

proptest! {
    #[test]
    fn bent_answers_and_noise_break_nothing(
        bends in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
        noise in proptest::collection::vec(any::<u8>(), 0..600),
    ) {
        let mut bent = well();
        for (place, byte) in bends {
            let place = place.index(bent.len());
            bent[place] = byte;
        }
        if cuts {
            bent.truncate(cut.index(bent.len()));
        }
        heard(bent);
        heard(noise);
    }
}
