//! Stories of an agent who helps at a kiosk.

#![allow(clippy::unwrap_used)]

use handover::{Delivery, FromDesk, FromKiosk, Numbered, Place, Presence, RoomId, WaitingRooms};
use request::{ServiceId, StationId};

use super::*;
use crate::Language;

fn catalog() -> Arc<Catalog> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    Arc::new(Catalog::read(&folder).unwrap())
}

fn opening() -> Opening {
    Opening {
        service: Some(ServiceId::new("land-ledger")),
        language: "ko".to_owned(),
    }
}

fn form() -> Form {
    let answer = Personal::new("4199910100".to_owned());
    let values = [
        (FormField::Question("district".to_owned()), Some(&answer)),
        (FormField::Question("parcel_number".to_owned()), None),
        (FormField::Copies, None),
    ];
    let at = Place::Question("parcel_number".to_owned());
    Form::new(opening().service, at, values)
}

struct Pane {
    helping: Helping,
    now: Instant,
    heard: u64,
}

impl Pane {
    fn open() -> Self {
        let mut pane = Self {
            helping: Helping::new(catalog()),
            now: Instant::now(),
            heard: 0,
        };
        pane.helping
            .handle(HelpingEvent::Shown(AgentId::new("kim.2")), pane.now);
        pane.answer(|question| match question {
            DeskQuestion::List { .. } => Some(Ok(DeskAnswer::Listed(WaitingRooms {
                edition: 2,
                rooms: vec![RoomNotice {
                    room: RoomId::new("r-1"),
                    kiosk: StationId::new("gaon-1"),
                    opening: opening(),
                    waited_seconds: 61,
                }],
            }))),
            DeskQuestion::Take { .. } | DeskQuestion::Post { .. } => None,
        });
        pane
    }

    /// With the citizen, whose form has come.
    fn helping() -> Self {
        let mut pane = Self::open();
        pane.touch(HelpingTouch::Next);
        pane.answer(|question| match question {
            DeskQuestion::Take { room, agent } if agent.as_str() == "kim.2" => {
                Some(Ok(DeskAnswer::Taken(room.clone())))
            }
            DeskQuestion::List { .. } | DeskQuestion::Take { .. } | DeskQuestion::Post { .. } => {
                None
            }
        });
        pane.says(FromKiosk::Shows { form: form() });
        pane
    }

    fn touch(&mut self, touch: HelpingTouch) {
        self.helping.handle(HelpingEvent::Touched(touch), self.now);
    }

    fn types(&mut self, text: &str) {
        self.touch(HelpingTouch::Type(Personal::new(text.to_owned())));
    }

    /// Answers what was asked; everything else stays unanswered.
    fn answer(
        &mut self,
        answer: impl Fn(&DeskQuestion) -> Option<Result<DeskAnswer, RoomFault>>,
    ) -> Vec<FromDesk> {
        let mut said = Vec::new();
        let asked: Vec<_> = std::iter::from_fn(|| self.helping.poll_command()).collect();
        for (attempt, question) in asked {
            if let DeskQuestion::Post { posting, .. } = &question {
                said.extend(posting.messages.iter().map(|it| it.message.clone()));
            }
            if let Some(answer) = answer(&question) {
                let event = HelpingEvent::Answered(attempt, answer);
                self.helping.handle(event, self.now);
            }
        }
        said
    }

    /// The kiosk says something; answers what the desk has said since.
    fn says(&mut self, message: FromKiosk) -> Vec<FromDesk> {
        self.heard += 1;
        let number = self.heard;
        self.now += Duration::from_secs(1);
        self.helping.handle_timeout(self.now);
        self.answer(move |question| match question {
            DeskQuestion::Post { posting, .. } => Some(Ok(DeskAnswer::Delivered(Delivery {
                taken: posting.messages.last().map_or(0, |it| it.number),
                messages: vec![Numbered {
                    number,
                    message: message.clone(),
                }],
                presence: Presence::Joined {
                    desk: StationId::new("desk-1"),
                    agent: AgentId::new("kim.2"),
                },
            }))),
            DeskQuestion::List { .. } | DeskQuestion::Take { .. } => None,
        })
    }

    fn view(&self) -> HelpingView {
        self.helping
            .present(KioskVoice::NoCall, Language::Korean, self.now)
    }

    fn said(&mut self) -> Vec<FromDesk> {
        self.answer(|_| None)
    }
}

#[test]
fn who_waits_stands_in_the_list_with_the_time_they_have_waited() {
    let pane = Pane::open();

    let view = pane.view();

    assert_eq!(view.waiting[0].kiosk, "gaon-1");
    assert_eq!(view.waiting[0].service, "토지대장");
    assert_eq!(view.waiting[0].waited, "1:01");
    assert!(view.with.is_none());
}

#[test]
fn the_form_is_shown_in_words_and_says_where_the_citizen_is() {
    let pane = Pane::helping();

    let with = pane.view().with.unwrap();

    assert_eq!(with.fields[0].value.reveal(), "한빛시 가온구 새빛동");
    assert!(with.fields[1].here && !with.fields[0].here);
    assert_eq!(with.service, "토지대장");
}

#[test]
fn a_value_that_the_field_cannot_have_is_not_proposed() {
    let mut pane = Pane::helping();
    for (field, typed) in [(0, "동"), (0, ""), (1, "012"), (2, "9"), (2, "two")] {
        pane.touch(HelpingTouch::Select(field));
        pane.types(typed);
        pane.touch(HelpingTouch::Propose);

        assert_eq!(
            pane.view().notice,
            Some(HelpingNotice::NotInList),
            "{typed}"
        );
    }
    assert_eq!(pane.said(), []);
}

#[test]
fn one_value_is_proposed_at_a_time_and_its_answer_is_told() {
    let mut pane = Pane::helping();
    pane.touch(HelpingTouch::Select(1));
    pane.types("12-3");
    pane.touch(HelpingTouch::Propose);
    let said = pane.said();
    assert!(matches!(&said[..], [FromDesk::Proposes(it)] if it.value.text().reveal() == "12-3"));
    let proposed = pane.view().with.unwrap().fields[1].proposed.clone();
    assert_eq!(proposed.reveal(), "12-3");

    pane.types("13");
    pane.touch(HelpingTouch::Propose);
    assert_eq!(pane.view().notice, Some(HelpingNotice::OneAtATime));
}

#[test]
fn what_is_typed_is_said_once_and_the_line_begins_anew() {
    let mut pane = Pane::helping();
    let line = pane.view().with.unwrap().line;
    pane.types("안녕하세요");
    pane.touch(HelpingTouch::Next);
    pane.touch(HelpingTouch::Next);

    assert_eq!(pane.said().len(), 1);
    let view = pane.view();
    assert_eq!(view.notice, Some(HelpingNotice::NotShareable));
    assert_eq!(view.with.unwrap().line, line + 1);
}

#[test]
fn nothing_of_a_citizen_stays_when_the_help_ends() {
    let mut pane = Pane::helping();
    pane.types("안녕하세요");
    pane.touch(HelpingTouch::End);

    assert!(pane.view().with.is_none());
    assert!(!pane.helping.is_helping());
    assert_eq!(pane.said(), [FromDesk::Leaves]);
}

#[test]
fn a_station_that_is_no_desk_is_told_so() {
    let mut pane = Pane::open();
    pane.touch(HelpingTouch::Next);
    pane.answer(|question| match question {
        DeskQuestion::Take { .. } => Some(Err(RoomFault::Refused(RoomRefusal::NotForYou))),
        DeskQuestion::List { .. } | DeskQuestion::Post { .. } => None,
    });

    assert_eq!(pane.view().notice, Some(HelpingNotice::NotADesk));
}

#[test]
fn an_agent_whom_the_exchange_does_not_know_is_told_so() {
    let mut pane = Pane::open();
    pane.touch(HelpingTouch::Next);
    pane.answer(|question| match question {
        DeskQuestion::Take { .. } => Some(Err(RoomFault::Unproven)),
        DeskQuestion::List { .. } | DeskQuestion::Post { .. } => None,
    });

    assert_eq!(pane.view().notice, Some(HelpingNotice::Unproven));
    assert!(!pane.helping.is_helping());
}
