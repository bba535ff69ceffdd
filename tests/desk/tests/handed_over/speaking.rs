//! The voice of a hand-over: a whole kiosk, a whole desk, the switch and the exchange,
//! and what was said at one end compared with what was heard at the other.

use desk::{
    helping::{HelpingNotice, KioskVoice},
    sound::SoundTrouble,
    workplace::view::View,
};
use kiosk::{
    handset::Voice,
    visit::view::{HelpState, View as Screens},
};
use request::StationId;
use tests::{
    help::asks_for_an_agent,
    log::Log,
    office::{STATION as KIOSK, TUESDAY_10_00},
    stand::Stand,
};

use crate::{
    booth::{Booth, STATION, Way},
    center::{AGENT, Center},
    comes,
    open_switch::PASSPHRASE,
    pane, propose,
    sound::{AGENTS_TONE, CITIZENS_TONE, Sound, heard_the_agent, heard_the_citizen},
    told,
};

struct Story {
    stand: Stand,
    booth: Booth,
    center: Center,
    citizen: Sound,
    agent: Sound,
}

impl Story {
    /// A kiosk with a handset, and a desk with a headset whose agent watches who waits.
    fn begin() -> Self {
        let mut furnished = None;
        let stand = Stand::furnished(TUESDAY_10_00, |office| {
            let center = Center::open(office);
            let citizen = Sound::of(office.folder(), "citizen", CITIZENS_TONE);
            let settings = center.settings(&office.credentials(), &citizen);
            furnished = Some((center, citizen));
            settings
        });
        let (center, citizen) = furnished.unwrap();
        let agent = Sound::of(stand.office.folder(), "agent", AGENTS_TONE);
        let credentials = stand.office.enroll_desk(&StationId::new(STATION));
        let more = center.settings(&credentials, &agent);
        let way = Way {
            url: format!("https://{}", stand.office.address()),
            credentials,
            agent: None,
        };
        let mut booth = Booth::at_a_switch(way, &more);
        Center::signs_in(&mut booth, AGENT);
        booth.click("키오스크 돕기");
        Self {
            stand,
            booth,
            center,
            citizen,
            agent,
        }
    }

    /// The citizen asks, the agent comes, and both speak.
    fn speak(&mut self) {
        asks_for_an_agent(&mut self.stand);
        comes(&mut self.booth, &mut self.stand);
        self.hear_each_other();
    }

    fn hear_each_other(&mut self) {
        self.stand
            .wait_until("the citizen speaks with the agent", |view| {
                is_said(view, Voice::Talking)
            });
        // Three seconds of it, by the desk's own watch.
        self.booth.wait_for("both have talked for a while", |view| {
            at_desk(view) == Some(KioskVoice::Talking)
                && view.telephone.talking_for.as_str() >= "0:03"
        });
    }
}

pub(crate) fn is_said(view: &Screens, voice: Voice) -> bool {
    match &view.help.state {
        HelpState::Helping(helping) => helping.speaking.is_some_and(|it| it.voice == voice),
        HelpState::None | HelpState::Asking | HelpState::Waiting { .. } | HelpState::Ended(_) => {
            false
        }
    }
}

pub(crate) fn at_desk(view: &View) -> Option<KioskVoice> {
    pane(view)?.with.as_ref().map(|it| it.voice)
}

#[test]
fn citizen_and_agent_hear_each_other_until_one_hangs_up_and_go_on_in_typed_lines() {
    let log = Log::listen();
    let mut story = Story::begin();
    story.speak();
    let view = story.booth.wait_for("the call", |_| true);
    assert!(view.telephone.from_kiosk);
    assert!(view.telephone.queue.contains(KIOSK));
    story
        .booth
        .wait_for("both are loud enough", |view| match view.telephone.levels {
            Some(levels) => levels.microphone > -30 && levels.loudspeaker > -30,
            None => false,
        });
    assert_eq!(view.telephone.sound_trouble, SoundTrouble::default());

    story.stand.touch("수화기");
    story.stand.touch("크게");
    story.stand.touch("전화 끊고 글로 쓰기");
    story.stand.touch("화면으로 돌아가기");
    story.booth.wait_for("the citizen has hung up", |view| {
        at_desk(view) == Some(KioskVoice::NoCall)
    });
    heard_the_agent(&story.citizen.heard());
    heard_the_citizen(&story.agent.heard());
    propose(&mut story.booth, &mut story.stand, "새빛동");
    story.stand.touch("네, 넣어 주세요");
    told(&mut story.booth, HelpingNotice::Confirmed);

    story.stand.touch("수화기");
    story.stand.touch("다시 전화하기");
    story.stand.touch("화면으로 돌아가기");
    story.hear_each_other();
    story.booth.click("상담 끝내기");
    story.stand.wait_until("the help is over", |view| {
        matches!(view.help.state, HelpState::Ended(_))
    });
    story.booth.wait_for("the call is over, too", |view| {
        view.telephone.state == desk::telephone::CallState::Resting
    });
    heard_the_agent(&story.citizen.heard());

    let text = log.text();
    assert!(text.contains("A kiosk has a telephone"));
    assert!(!text.contains("새빛동") && !text.contains(PASSPHRASE));
}

#[test]
fn a_switch_that_is_away_takes_the_voice_and_not_the_help() {
    let mut story = Story::begin();
    story.center.fails();
    asks_for_an_agent(&mut story.stand);
    comes(&mut story.booth, &mut story.stand);

    story
        .stand
        .wait_until("the citizen is told", |view| is_said(view, Voice::Away));
    propose(&mut story.booth, &mut story.stand, "새빛동");
    story.stand.touch("네, 넣어 주세요");

    told(&mut story.booth, HelpingNotice::Confirmed);
    let view = story.booth.wait_for("no call", |_| true);
    assert!(matches!(
        at_desk(&view),
        Some(KioskVoice::NoCall | KioskVoice::NoTelephone)
    ));
}
