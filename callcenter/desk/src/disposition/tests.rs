//! Stories of wrap-ups, as a desk has them.

use figures::Wording;

use super::*;
use crate::Language;

fn codes(required: bool) -> Dispositions {
    let code = |id: &str, ko: &str, en: &str| Disposition {
        id: id.to_owned(),
        title: Wording {
            ko: ko.to_owned(),
            en: en.to_owned(),
        },
    };
    Dispositions {
        required,
        codes: vec![
            code("answered", "안내로 끝남", "Answered"),
            code("refused", "해 드릴 수 없음", "Refused"),
        ],
    }
}

fn wrap_up(call: u64, said: Option<&str>) -> DispositionEvent {
    DispositionEvent::Told(WrapUp {
        call,
        choices: ["answered", "refused"].map(str::to_owned).to_vec(),
        said: said.map(str::to_owned),
    })
}

/// At a desk with the switch's ear, with call 7 to be wrapped up.
fn wrapping_up(required: bool) -> CallDisposition {
    let mut disposition = CallDisposition::default();
    disposition.handle(DispositionEvent::Known);
    disposition.handle(DispositionEvent::Codes(codes(required)));
    disposition.handle(wrap_up(7, None));
    disposition
}

fn said(disposition: &mut CallDisposition) -> Vec<String> {
    let said = std::iter::from_fn(|| disposition.poll_command());
    said.map(|it| format!("{} is {}", it.call, it.disposition))
        .collect()
}

fn states(disposition: &CallDisposition) -> [ChoiceState; 2] {
    let view = disposition.present(Language::Korean);
    [view.choices[0].state, view.choices[1].state]
}

use ChoiceState::{Chosen, Open, Written};

#[test]
fn what_is_chosen_is_written_when_the_switch_says_so() {
    let mut disposition = wrapping_up(false);
    assert_eq!(disposition.said(Language::Korean), Some(String::new()));

    disposition.handle(DispositionEvent::Chosen(1));
    assert_eq!(said(&mut disposition), ["7 is refused"]);
    assert_eq!(states(&disposition), [Open, Chosen]);
    assert_eq!(disposition.said(Language::Korean), Some(String::new()));
    disposition.handle(wrap_up(7, Some("refused")));

    assert_eq!(states(&disposition), [Open, Written]);
    let title = disposition.said(Language::English);
    assert_eq!(title.as_deref(), Some("Refused"));
}

#[test]
fn another_choice_takes_the_place_of_the_first_also_before_that_is_written() {
    let mut disposition = wrapping_up(false);
    disposition.handle(DispositionEvent::Chosen(0));
    disposition.handle(DispositionEvent::Chosen(1));
    assert_eq!(said(&mut disposition), ["7 is answered", "7 is refused"]);

    disposition.handle(wrap_up(7, Some("answered")));
    assert_eq!(states(&disposition), [Open, Chosen]);
    disposition.handle(wrap_up(7, Some("refused")));

    assert_eq!(states(&disposition), [Open, Written]);
}

#[test]
fn what_was_chosen_while_the_line_was_cut_is_said_when_it_is_back() {
    let mut disposition = wrapping_up(false);
    disposition.handle(DispositionEvent::Away);

    disposition.handle(DispositionEvent::Chosen(0));
    assert_eq!(said(&mut disposition), [""; 0]);
    let notice = disposition.present(Language::Korean).notice;
    assert_eq!(notice, Some(DispositionNotice::Kept));
    disposition.handle(DispositionEvent::Known);
    disposition.handle(wrap_up(7, None));

    assert_eq!(said(&mut disposition), ["7 is answered"]);
    assert_eq!(states(&disposition), [Chosen, Open]);
}

#[test]
fn a_center_that_requires_it_asks_once_before_the_wrap_up_is_over() {
    assert!(!wrapping_up(false).asks_first());
    let mut disposition = wrapping_up(true);

    assert!(disposition.asks_first());
    let notice = disposition.present(Language::Korean).notice;
    assert_eq!(notice, Some(DispositionNotice::ChooseFirst));
    assert!(!disposition.asks_first(), "whoever insists goes on");
    disposition.handle(wrap_up(8, None));
    disposition.handle(DispositionEvent::Chosen(0));

    assert!(!disposition.asks_first(), "it was said");
}

#[test]
fn a_refusal_leaves_the_choice_open_and_one_of_another_call_changes_nothing() {
    let mut disposition = wrapping_up(false);
    disposition.handle(DispositionEvent::Chosen(0));
    let why = DispositionRefusal::NotWritten;

    disposition.handle(DispositionEvent::Refused { call: 6, why });
    assert_eq!(states(&disposition), [Chosen, Open]);
    disposition.handle(DispositionEvent::Refused { call: 7, why });

    assert_eq!(states(&disposition), [Open, Open]);
    let notice = disposition.present(Language::Korean).notice;
    assert_eq!(notice, Some(DispositionNotice::Refused(why)));
}

#[test]
fn it_comes_up_by_itself_once_for_each_call() {
    let mut disposition = CallDisposition::default();
    assert!(!disposition.comes_up() && !disposition.is_asked());
    disposition.handle(wrap_up(7, None));

    assert!(disposition.comes_up() && !disposition.comes_up());
    disposition.handle(wrap_up(7, Some("answered")));
    assert!(!disposition.comes_up());
    disposition.handle(wrap_up(8, None));

    assert!(disposition.comes_up());
}

#[test]
fn a_key_pressed_before_the_switch_has_asked_says_nothing_of_the_call_before() {
    let mut disposition = wrapping_up(false);
    disposition.handle(DispositionEvent::CallBegan);

    disposition.handle(DispositionEvent::Chosen(0));

    assert!(!disposition.is_asked());
    assert_eq!(said(&mut disposition), [""; 0]);
}

#[test]
fn nothing_of_it_is_left_for_the_next_agent() {
    let mut disposition = wrapping_up(true);
    disposition.handle(DispositionEvent::Chosen(0));

    disposition.handle(DispositionEvent::SignedOut);

    assert!(!disposition.is_somebodys());
    assert_eq!(disposition.said(Language::Korean), None);
    disposition.handle(DispositionEvent::Known);
    assert_eq!(said(&mut disposition), [""; 0]);
}

#[test]
fn a_key_beyond_what_is_offered_chooses_nothing() {
    let mut disposition = wrapping_up(false);

    disposition.handle(DispositionEvent::Chosen(2));

    assert_eq!(said(&mut disposition), [""; 0]);
    assert_eq!(states(&disposition), [Open, Open]);
}
