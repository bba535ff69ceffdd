//! The same with both voices: a citizen telephones the center, hears the code and types
//! at the kiosk what was heard. The telephone is one nobody here wrote.

use baresip::Baresip;
use desk::{
    shift::ShiftState,
    telephone::CallState,
    worklist::RowState,
    workplace::view::{DoingView, PaneView, View},
};
use request::{Channel, Outcome, Stage, StationId};
use tests::{office::TUESDAY_10_00, stand::Stand, walk::End};

use crate::{
    booth::{Booth, STATION, Way},
    caller::prepare_land_ledger,
    center::{AGENT, Center},
    first_row,
    sound::{
        AGENTS_TONE, CITIZENS_TONE, Sound, heard_the_agent, heard_the_citizen,
        is_as_loud_as_it_was_said,
    },
    spoken,
};

/// Nobody's number.
const NUMBER: &str = "01000000000";
/// A code is read in three and a half; one that had begun before is not whole.
const READ_TWICE: u32 = 8;

struct Story {
    stand: Stand,
    booth: Booth,
    center: Center,
    agent: Sound,
}

impl Story {
    /// A kiosk, and a desk with a headset whose agent is ready for calls.
    fn begin() -> Self {
        let mut center = None;
        let stand = Stand::furnished(TUESDAY_10_00, |office| {
            center = Some(Center::open(office));
            String::new()
        });
        let center = center.unwrap();
        let agent = Sound::of(stand.office.folder(), "agent", AGENTS_TONE);
        let credentials = stand.office.enroll_desk(&StationId::new(STATION));
        let more = center.settings(&credentials, &agent);
        let way = Way {
            url: stand.office.url(),
            credentials,
            agent: None,
        };
        let mut booth = Booth::at_a_switch(way, &more);
        Center::signs_in(&mut booth, AGENT);
        booth.wait_for("the telephone works", |view| {
            view.telephone.state == CallState::Resting
        });
        Self {
            stand,
            booth,
            center,
            agent,
        }
    }

    /// The agent is ready, the citizen calls, and both are on the line.
    fn is_called(&mut self) -> (Baresip, View) {
        self.booth.press("F6");
        let citizen = self.center.is_called(NUMBER, CITIZENS_TONE);
        let ringing = self.booth.wait_for("it rings", |view| {
            view.telephone.state == CallState::Ringing
        });
        self.booth.press("F9");
        self.booth.wait_for("they talk", |view| {
            matches!(view.telephone.state, CallState::Talking { .. })
        });
        citizen.talks();
        (citizen, ringing)
    }

    fn wraps_up(&mut self) {
        self.booth.wait_for("the citizen has hung up", |view| {
            view.shift == ShiftState::WrapUp
        });
    }
}

/// The agent makes sure that the caller knows the request, and sees its code.
fn reads_again(booth: &mut Booth) -> String {
    booth.press("Ctrl+R");
    booth.press("Alt+1");
    booth.press("Alt+2");
    booth.press("Enter");
    let view = booth.wait_for("the code is read again", |view| reading(view).is_some());
    reading(&view).unwrap()
}

fn reading(view: &View) -> Option<String> {
    let PaneView::Worklist(list) = &view.pane else {
        return None;
    };
    match &list.doing {
        DoingView::Reading { groups, .. } => {
            Some(groups.iter().map(|it| it.reveal().as_str()).collect())
        }
        DoingView::Nothing | DoingView::Checking { .. } => None,
    }
}

#[test]
#[ignore = "speaks in real time and wants the machine to itself: make call-test"]
fn a_citizen_telephones_hears_the_code_and_has_the_paper_printed_by_what_was_heard() {
    let mut story = Story::begin();
    let (citizen, ringing) = story.is_called();
    assert!(ringing.telephone.concerns.is_empty());
    let prepared = prepare_land_ledger(&mut story.booth);
    story.booth.press("Esc");
    story.booth.wait_for("the exchange has it", |view| {
        first_row(view) == Some(RowState::Ready)
    });
    citizen.hears_for(2);
    let heard = citizen.hangs_up();
    story.wraps_up();
    heard_the_agent(&heard);
    is_as_loud_as_it_was_said(&heard);
    let heard = story.agent.heard();
    heard_the_citizen(&heard);
    is_as_loud_as_it_was_said(&heard);

    // The citizen had nothing to write with, and calls again.
    story.agent.says_next(&spoken::said(&prepared));
    let (citizen, ringing) = story.is_called();
    assert_eq!(ringing.telephone.concerns[0].title, "토지대장");
    assert_eq!(reads_again(&mut story.booth), prepared);
    citizen.hears_for(READ_TWICE);
    let code = spoken::taken_down(citizen.hangs_up().samples());
    assert_eq!(code, prepared);
    story.wraps_up();

    let stand = &mut story.stand;
    assert_eq!(stand.collect(&code), 600);
    stand.wait_for("pay");
    stand.touch("현금으로 내기");
    stand.pay_coins(&[500, 100]);
    stand.wait_for("take-paper");
    assert_eq!(stand.go_on(), End::Thanked);
    let request = stand.assert_agreement(600);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(stand.sheets().len(), 2);
    let (asked, _) = story.booth.journal().pop().unwrap();
    assert_eq!(asked.channel, Channel::Telephone);
}
