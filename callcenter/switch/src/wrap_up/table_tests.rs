//! Every step of a wrap-up and all that can happen in it.

use super::*;

#[derive(Clone, Copy, Debug)]
enum At {
    Begun,
    /// The first was chosen and is being written.
    Writing,
    /// The second was chosen while the first was being written.
    WritingAnother,
    Said,
    OverUnsaid,
    OverWriting,
    OverSaid,
}

#[derive(Clone, Copy, Debug)]
enum Happens {
    Chosen(&'static str),
    Written(&'static str),
    Lost(&'static str),
    Over,
}

use At::{Begun, OverSaid, OverUnsaid, OverWriting, Said, Writing, WritingAnother};
use Happens::{Chosen, Lost, Over, Written};

fn at(at: At) -> WrapUp {
    let steps: &[Happens] = match at {
        Begun => &[],
        Writing => &[Chosen("answered")],
        WritingAnother => &[Chosen("answered"), Chosen("refused")],
        Said => &[Chosen("answered"), Written("answered")],
        OverUnsaid => &[Over],
        OverWriting => &[Chosen("answered"), Over],
        OverSaid => &[Chosen("answered"), Written("answered"), Over],
    };
    let choices = ["answered", "refused"].map(str::to_owned).to_vec();
    let mut wrap_up = WrapUp::begin(choices);
    steps.iter().for_each(|it| happens(&mut wrap_up, *it));
    told(&mut wrap_up);
    wrap_up
}

fn happens(wrap_up: &mut WrapUp, what: Happens) {
    let written = |disposition: &str, durable| WrapUpEvent::Written {
        disposition: disposition.to_owned(),
        durable,
    };
    wrap_up.handle(match what {
        Chosen(disposition) => WrapUpEvent::Chosen(disposition.to_owned()),
        Written(disposition) => written(disposition, true),
        Lost(disposition) => written(disposition, false),
        Over => WrapUpEvent::Over,
    });
}

fn told(wrap_up: &mut WrapUp) -> Vec<String> {
    let mut told = Vec::new();
    while let Some(command) = wrap_up.poll_command() {
        told.push(match command {
            WrapUpCommand::WriteDown(disposition) => format!("write {disposition}"),
            WrapUpCommand::NoteUnsaid => "note unsaid".to_owned(),
            WrapUpCommand::Confirm => format!("confirm {}", wrap_up.said().unwrap_or("nothing")),
            WrapUpCommand::Refuse(why) => format!("refuse {why:?}"),
        });
    }
    told
}

#[test]
fn in_every_step_all_that_can_happen_leads_on_or_nowhere() {
    let table: &[(At, Happens, &[&str])] = &[
        (Begun, Chosen("answered"), &["write answered"]),
        (Begun, Chosen("other"), &["refuse UnknownCode"]),
        (Begun, Written("answered"), &[]),
        (Begun, Over, &["note unsaid"]),
        (Writing, Chosen("answered"), &[]),
        (Writing, Chosen("refused"), &["write refused"]),
        (Writing, Chosen("other"), &["refuse UnknownCode"]),
        (Writing, Written("answered"), &["confirm answered"]),
        (Writing, Lost("answered"), &["refuse NotWritten"]),
        (Writing, Over, &[]),
        (WritingAnother, Chosen("answered"), &["write answered"]),
        (WritingAnother, Written("answered"), &[]),
        (WritingAnother, Lost("answered"), &["refuse NotWritten"]),
        (WritingAnother, Over, &[]),
        (Said, Chosen("answered"), &["confirm answered"]),
        (Said, Chosen("refused"), &["write refused"]),
        (Said, Written("answered"), &[]),
        (Said, Over, &[]),
        (OverUnsaid, Chosen("answered"), &["write answered"]),
        (OverUnsaid, Chosen("other"), &["refuse UnknownCode"]),
        (OverUnsaid, Over, &[]),
        (OverWriting, Chosen("answered"), &[]),
        (OverWriting, Chosen("refused"), &["refuse WrapUpOver"]),
        (OverWriting, Written("answered"), &["confirm answered"]),
        (
            OverWriting,
            Lost("answered"),
            &["refuse NotWritten", "note unsaid"],
        ),
        (OverSaid, Chosen("answered"), &["confirm answered"]),
        (OverSaid, Chosen("refused"), &["refuse WrapUpOver"]),
        (OverSaid, Over, &[]),
    ];
    for (step, what, expected) in table {
        let mut wrap_up = at(*step);

        happens(&mut wrap_up, *what);

        assert_eq!(told(&mut wrap_up), *expected, "{step:?}, {what:?}");
    }
}

#[test]
fn the_last_choice_stands_though_an_earlier_one_is_written_after_it_was_made() {
    let mut wrap_up = at(WritingAnother);
    happens(&mut wrap_up, Written("answered"));
    assert_eq!(wrap_up.said(), Some("answered"));

    happens(&mut wrap_up, Written("refused"));

    assert_eq!(told(&mut wrap_up), ["confirm refused"]);
    assert_eq!(wrap_up.said(), Some("refused"));
}

#[test]
fn what_could_not_be_written_leaves_what_was() {
    let mut wrap_up = at(Said);
    happens(&mut wrap_up, Chosen("refused"));
    happens(&mut wrap_up, Over);
    happens(&mut wrap_up, Lost("refused"));

    assert_eq!(told(&mut wrap_up), ["write refused", "refuse NotWritten"]);
    assert_eq!(wrap_up.said(), Some("answered"));
}
