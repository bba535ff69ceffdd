//! What an agent may see: every service's form, and nothing of who asks.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::path::Path;

use catalog::{Catalog, Service};
use handover::{FIELDS_MAX, Filled, Form, NotShareable, Place, Shareable, TEXT_MAX};
use privacy::Personal;
use proptest::prelude::*;
use request::FormField;
use serde_json::json;

const RESIDENT_NUMBER: &str = "9001012990014";

fn catalog() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    Catalog::read(&folder).unwrap()
}

/// Every field of a service and every value it may have in a closed list.
fn fields(catalog: &Catalog, service: &Service) -> Vec<(FormField, Vec<String>)> {
    let codes = |name: &String| {
        let list = catalog.codes(name).unwrap();
        list.codes.iter().map(|it| it.code.clone()).collect()
    };
    let questions = service.questions.iter().map(|it| {
        let values = it.codes.as_ref().map_or_else(Vec::new, codes);
        (FormField::Question(it.id.clone()), values)
    });
    let options = service.options.iter().map(|it| {
        let values = it.choices.iter().map(|it| it.id.clone()).collect();
        (FormField::Option(it.id.clone()), values)
    });
    let copies = (1..=service.copies_max).map(|it| it.to_string()).collect();
    questions
        .chain(options)
        .chain([(FormField::Copies, copies)])
        .collect()
}

#[test]
fn every_value_of_every_service_can_be_shown_to_an_agent() {
    let catalog = catalog();
    for service in catalog.services() {
        let fields = fields(&catalog, service);
        assert!(fields.len() <= FIELDS_MAX);
        for (field, values) in fields {
            for value in values {
                let personal = Personal::new(value.clone());
                let form = Form::new(
                    Some(service.id.clone()),
                    Place::Review,
                    [(field.clone(), Some(&personal))],
                );

                let shown = form.fields[0].value.as_ref().unwrap();
                assert_eq!(shown.text().reveal(), &value, "{}", service.id);
            }
        }
    }
}

#[test]
fn no_form_of_any_service_carries_a_resident_number_or_a_card_whatever_is_typed() {
    let catalog = catalog();
    let typed = [
        RESIDENT_NUMBER,
        "900101-2990014",
        "9 0 0 1 0 1 2 9 9 0 0 1 4",
        "내 번호는 900101-2990014 이에요",
        "９００１０１２９９００１４",
        "4111 1111 1111 1111",
    ];
    for service in catalog.services() {
        for typed in typed {
            let personal = Personal::new(typed.to_owned());
            let fields = fields(&catalog, service);
            let values = fields
                .into_iter()
                .map(|(field, _)| (field, Some(&personal)));
            let form = Form::new(Some(service.id.clone()), Place::Review, values);

            assert!(form.fields.iter().all(|it| it.value.is_none()));
            let written = serde_json::to_string(&form).unwrap();
            assert!(!written.contains(typed), "{}", service.id);
        }
    }
}

#[test]
fn nothing_of_a_service_that_comes_from_the_applicant_is_a_field() {
    let catalog = catalog();
    let mut of_the_applicant = 0;
    for service in catalog.services() {
        let fields = fields(&catalog, service);
        for source in service.parameters.values() {
            if let Some(name) = source.strip_prefix("applicant.") {
                of_the_applicant += 1;
                let named = |it: &(FormField, Vec<String>)| match &it.0 {
                    FormField::Question(id) | FormField::Option(id) => id == name,
                    FormField::Copies => false,
                };
                assert!(!fields.iter().any(named), "{}: {name}", service.id);
            }
        }
    }
    assert!(of_the_applicant > 0);
}

#[test]
fn a_line_cannot_bring_in_what_cannot_be_made_here() {
    for field in ["resident_number", "card", "payment"] {
        let form =
            json!({"service": null, "at": "review", "fields": [{"field": field, "value": "1"}]});
        assert!(serde_json::from_value::<Form>(form).is_err());
    }
    let filled = |value: &str| json!({"field": {"question": "parcel_number"}, "value": value});

    assert!(serde_json::from_value::<Filled>(filled("12-3")).is_ok());
    let refused = serde_json::from_value::<Filled>(filled(RESIDENT_NUMBER)).unwrap_err();
    assert!(!refused.to_string().contains(RESIDENT_NUMBER));
}

#[test]
fn a_text_says_why_it_is_not_shared() {
    let long = "가".repeat(TEXT_MAX as usize + 1);
    let cases = [
        ("  ", NotShareable::Empty),
        ("", NotShareable::Empty),
        (long.as_str(), NotShareable::TooLong),
        ("a\u{7}b", NotShareable::Control),
        (RESIDENT_NUMBER, NotShareable::Number),
    ];
    for (text, why) in cases {
        assert_eq!(Shareable::new(text), Err(why));
    }
    assert!(Shareable::new("전화 02-0000-0000 으로 해 주세요").is_ok());
    assert!(Shareable::new(&"가".repeat(TEXT_MAX as usize)).is_ok());
}

proptest! {
    #[test]
    fn thirteen_digits_pass_in_no_disguise(
        gaps in prop::collection::vec("[ .\\-가-힣a-z]{0,3}", 13),
        zero in prop::sample::select(vec!['0', '٠', '０', '०']),
    ) {
        let digit = |it: char| {
            let value = it.to_digit(10).unwrap();
            char::from_u32(u32::from(zero) + value).unwrap()
        };
        let text: String = RESIDENT_NUMBER
            .chars()
            .zip(gaps)
            .map(|(it, gap)| format!("{}{gap}", digit(it)))
            .collect();

        prop_assert_eq!(Shareable::new(&text), Err(NotShareable::Number));
    }
}
