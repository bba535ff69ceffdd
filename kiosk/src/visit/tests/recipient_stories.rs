//! Whom a paper is for decides what stands on it, until the citizen decides otherwise.

use super::{
    citizen::{Citizen, FAMILY},
    town::Town,
};
use crate::visit::{
    Touch,
    step::Step,
    view::{Choice, Options, Screen},
};

fn options(town: &Town) -> Options {
    match town.screen() {
        Screen::Options(options) => options.clone(),
        other => panic!("no options: {other:?}"),
    }
}

fn chosen(choices: &[Choice]) -> Vec<&str> {
    let chosen = choices.iter().filter(|it| it.chosen);
    chosen.map(|it| it.id.as_str()).collect()
}

/// Each option's choice, and the recipient.
fn state(town: &Town) -> (Vec<String>, Vec<String>) {
    let options = options(town);
    let groups = options.groups.iter().flat_map(|it| chosen(&it.choices));
    let recipients = chosen(&options.recipients);
    (
        groups.map(str::to_owned).collect(),
        recipients.into_iter().map(str::to_owned).collect(),
    )
}

fn at_options() -> Town {
    let mut town = Town::default();
    Citizen::asking_for(FAMILY).walk_until(&mut town, |step| step == Step::Choosing);
    town
}

fn is(groups: [&str; 2], recipients: &[&str]) -> (Vec<String>, Vec<String>) {
    let owned = |it: &[&str]| it.iter().copied().map(str::to_owned).collect();
    (owned(&groups), owned(recipients))
}

#[test]
fn whoever_says_whom_it_is_for_gets_what_they_need_and_may_still_change_it() {
    let mut town = at_options();
    assert_eq!(state(&town), is(["general", "masked"], &[]));

    town.touch(Touch::PickRecipient("court".to_owned()));
    assert_eq!(state(&town), is(["detailed", "full"], &["court"]));

    town.touch(Touch::PickOption {
        option: "numbers".to_owned(),
        choice: "masked".to_owned(),
    });
    assert_eq!(state(&town), is(["detailed", "masked"], &[]));

    town.touch(Touch::PickRecipient("school".to_owned()));
    assert_eq!(state(&town), is(["general", "masked"], &["school"]));
    town.touch(Touch::Next);
    let request = town.request();
    assert_eq!(request.options["kind"], "general");
}

#[test]
fn a_recipient_nobody_has_heard_of_changes_nothing() {
    let mut town = at_options();

    town.touch(Touch::PickRecipient("the neighbour".to_owned()));

    assert_eq!(state(&town), is(["general", "masked"], &[]));
}
