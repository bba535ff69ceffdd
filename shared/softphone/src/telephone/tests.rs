//! Calls as a desk and a kiosk have them, hung up in every state.

#![allow(clippy::unwrap_used)]

use signalling::{Cause, Command as Signal, Event as Told};
use sip::sdp::{Abilities, Answer, Codec, Direction, Offer, Origin};

use super::*;
use crate::Ended;

const THEIRS: u64 = 7;
const OURS: u64 = 8;

/// A telephone, and everything it has said.
struct Desk {
    telephone: Telephone,
    now: Instant,
    signals: Vec<Signal>,
    told: Vec<Event>,
    /// `open`, `connect`, `close` and so on, in order.
    sound: Vec<&'static str>,
    has_ports: bool,
}

impl Desk {
    fn new() -> Self {
        Self::with(Encryption::Possible)
    }

    fn with(encryption: Encryption) -> Self {
        let account = Personal::new("agent-1".to_owned());
        let registrar = "10.0.0.9:5060".to_owned();
        Self {
            telephone: Telephone::new(account, registrar, encryption, 1.0),
            now: Instant::now(),
            signals: Vec::new(),
            told: Vec::new(),
            sound: Vec::new(),
            has_ports: true,
        }
    }

    fn handle(&mut self, input: Input) {
        self.telephone.handle(input, self.now);
        self.listen();
    }

    fn listen(&mut self) {
        while let Some(command) = self.telephone.poll_command() {
            match command {
                Command::Signal(command) => self.signals.push(command),
                Command::Tell(event) => self.told.push(event),
                Command::OpenSound => {
                    self.sound.push("open");
                    let opened = self.has_ports.then(opened);
                    self.telephone.handle(Input::SoundOpened(opened), self.now);
                }
                Command::ConnectSound(_) => self.sound.push("connect"),
                Command::CloseSound => self.sound.push("close"),
                Command::Mute(true) => self.sound.push("mute"),
                Command::Mute(false) => self.sound.push("unmute"),
                Command::Press(_) => self.sound.push("press"),
                Command::SetVolume(_) => self.sound.push("volume"),
                Command::ChooseDevices(_) => self.sound.push("choose"),
                Command::Test(true) => self.sound.push("test"),
                Command::Test(false) => self.sound.push("test over"),
                Command::Register { .. } => {}
            }
        }
    }

    fn order(&mut self, order: Order) {
        self.handle(Input::Order(order));
    }

    fn line(&mut self, event: Told) {
        self.handle(Input::Line(event));
    }

    fn is_called(&mut self, leg: u64, offer: Option<Offer>) {
        self.line(Told::Called {
            leg: LegId::new(leg),
            from: Personal::new("01012345678".to_owned()),
            display: None,
            account: None,
            to: "agent-1".to_owned(),
            offer,
            request: Some("R-1".to_owned()),
            call: Some("42".to_owned()),
            source: "10.0.0.9:5060".parse().unwrap(),
        });
    }

    fn calls(&mut self) -> Offer {
        self.order(Order::Call {
            to: Personal::new("110".to_owned()),
            request: Some("R-2".to_owned()),
            headers: Vec::new(),
        });
        match self.signals.pop() {
            Some(Signal::Call(call)) => {
                assert_eq!(call.request.as_deref(), Some("R-2"));
                let signalling::Target::Uri(uri) = &call.to else {
                    panic!("not a URI");
                };
                assert_eq!(uri.reveal(), "sip:110@10.0.0.9:5060");
                call.offer
            }
            other => panic!("no call: {other:?}"),
        }
    }

    fn ends(&mut self, leg: u64, why: Cause) {
        let leg = LegId::new(leg);
        self.line(Told::Ended { leg, why });
    }

    fn talks(&mut self) {
        self.is_called(THEIRS, Some(offer(&[Codec::Pcma])));
        self.order(Order::Answer);
        let leg = LegId::new(THEIRS);
        self.line(Told::Confirmed { leg });
        assert_eq!(self.told.last(), Some(&Event::Answered));
    }
}

fn opened() -> Opened {
    Opened {
        leg: LegId::new(OURS),
        address: "10.0.0.1:4000".parse().unwrap(),
        number: 1,
        key: MasterKey::new([3; 30]),
    }
}

fn theirs(codecs: &[Codec]) -> Abilities {
    Abilities {
        address: "10.0.0.9:6000".parse().unwrap(),
        codecs: codecs.to_vec(),
        telephone_events: true,
        ptime_ms: 20,
        direction: Direction::SendReceive,
        encryption: sip::sdp::Encryption::Never,
    }
}

fn origin() -> Origin {
    Origin::first(5, "10.0.0.9".parse().unwrap())
}

fn offer(codecs: &[Codec]) -> Offer {
    Offer::of(&theirs(codecs), origin())
}

#[test]
fn a_call_rings_is_answered_and_hung_up_there() {
    let mut desk = Desk::new();

    desk.is_called(THEIRS, Some(offer(&[Codec::Pcma])));
    assert!(matches!(desk.signals[..], [Signal::Ring { .. }]));
    let Event::Ringing { call, request, .. } = &desk.told[0] else {
        panic!("{:?}", desk.told);
    };
    assert_eq!(
        (call.as_deref(), request.as_deref()),
        (Some("42"), Some("R-1"))
    );
    desk.order(Order::Answer);
    assert!(matches!(desk.signals[1], Signal::Answer { .. }));
    assert_eq!(desk.told.len(), 1, "nobody has acknowledged");
    desk.line(Told::Confirmed {
        leg: LegId::new(THEIRS),
    });
    desk.ends(THEIRS, Cause::HungUp);

    assert_eq!(
        desk.told[1..],
        [Event::Answered, Event::Ended(Ended::There)]
    );
    assert_eq!(desk.sound, ["open", "connect", "close"]);
}

#[test]
fn a_call_that_rings_is_refused_or_given_up() {
    let mut desk = Desk::new();

    desk.is_called(THEIRS, Some(offer(&[Codec::Pcmu])));
    desk.order(Order::HangUp);
    assert!(matches!(
        desk.signals.last(),
        Some(Signal::Refuse { status: 486, .. })
    ));
    desk.ends(THEIRS, Cause::Declined { status: 486 });
    assert_eq!(desk.told.last(), Some(&Event::Ended(Ended::Here)));

    desk.is_called(9, Some(offer(&[Codec::Pcmu])));
    desk.ends(9, Cause::GaveUp);
    assert_eq!(desk.told.last(), Some(&Event::Ended(Ended::GaveUp)));
    assert!(desk.sound.is_empty(), "no microphone was opened");
}

#[test]
fn a_call_of_ours_is_hung_up_in_every_state() {
    for answered in [false, true] {
        let mut desk = Desk::new();
        let ours = desk.calls();
        let leg = LegId::new(OURS);
        desk.line(Told::Progress { leg, status: 180 });
        assert_eq!(desk.told, [Event::Progress { status: 180 }]);
        if answered {
            let answer = Answer::to(&ours, &theirs(&[Codec::Opus]), origin()).unwrap();
            desk.line(Told::Answered { leg, answer });
            assert_eq!(desk.told.last(), Some(&Event::Answered));
        }

        desk.order(Order::HangUp);
        desk.order(Order::HangUp);
        assert!(matches!(desk.signals[..], [Signal::End { .. }]));
        assert_eq!(desk.sound.last(), Some(&"close"));
        assert!(desk.telephone.is_busy());
        desk.ends(OURS, Cause::Released);

        assert_eq!(desk.told.last(), Some(&Event::Ended(Ended::Here)));
        assert!(!desk.telephone.is_busy());
    }
}

#[test]
fn a_refused_call_says_why_and_leaves_the_telephone_free() {
    let mut desk = Desk::new();
    let _ = desk.calls();
    let leg = LegId::new(OURS);
    desk.line(Told::Refused { leg, status: 603 });

    let refused = Ended::Refused { status: 603 };
    assert_eq!(desk.told, [Event::Ended(refused)]);
    assert_eq!(desk.sound, ["open", "close"]);
    let _ = desk.calls();
}

#[test]
fn a_second_caller_is_told_that_we_are_busy_and_disturbs_nobody() {
    let mut desk = Desk::new();
    desk.talks();
    let told = desk.told.len();

    desk.is_called(20, Some(offer(&[Codec::Pcmu])));

    let refused = desk.signals.last();
    assert!(matches!(refused, Some(Signal::Refuse { leg, status: 486, .. }) if leg.number() == 20));
    desk.ends(20, Cause::Declined { status: 486 });
    assert_eq!(desk.told.len(), told);
    assert!(desk.telephone.is_busy());
}

#[test]
fn a_caller_without_an_offer_is_made_one() {
    let mut desk = Desk::new();
    desk.is_called(THEIRS, None);
    desk.order(Order::Answer);
    let Some(Signal::AnswerWithOffer { offer, .. }) = desk.signals.pop() else {
        panic!("no offer");
    };
    let leg = LegId::new(THEIRS);
    desk.line(Told::Confirmed { leg });
    let answer = Answer::to(&offer, &theirs(&[Codec::Pcma]), origin()).unwrap();
    desk.line(Told::Answered { leg, answer });

    assert_eq!(desk.sound, ["open", "connect"]);
    assert_eq!(desk.told.last(), Some(&Event::Answered));
}

#[test]
fn a_call_without_common_sound_is_refused_with_488() {
    let mut desk = Desk::with(Encryption::Required);
    desk.is_called(THEIRS, Some(offer(&[Codec::Pcmu])));
    desk.order(Order::Answer);

    assert!(matches!(
        desk.signals.last(),
        Some(Signal::Refuse { status: 488, .. })
    ));
    desk.ends(THEIRS, Cause::Declined { status: 488 });
    assert_eq!(desk.told.last(), Some(&Event::Ended(Ended::NoCommonSound)));
    assert_eq!(desk.sound, ["open", "close"]);
}

#[test]
fn a_machine_without_ports_says_so() {
    let mut desk = Desk::new();
    desk.has_ports = false;
    desk.order(Order::Call {
        to: Personal::new("110".to_owned()),
        request: None,
        headers: Vec::new(),
    });
    assert_eq!(desk.told, [Event::Ended(Ended::NoSound)]);

    desk.is_called(THEIRS, Some(offer(&[Codec::Pcmu])));
    desk.order(Order::Answer);
    desk.ends(THEIRS, Cause::Declined { status: 480 });
    assert_eq!(desk.told.last(), Some(&Event::Ended(Ended::NoSound)));
}

#[test]
fn a_hold_is_followed_and_an_impossible_change_refused() {
    let mut desk = Desk::new();
    desk.talks();
    let leg = LegId::new(THEIRS);
    let mut held = theirs(&[Codec::Pcma]);
    held.direction = Direction::SendOnly;

    desk.line(Told::Reoffered {
        leg,
        offer: Offer::of(&held, origin()),
    });
    let Some(Signal::AnswerReoffer { answer, .. }) = desk.signals.last() else {
        panic!("{:?}", desk.signals);
    };
    let direction = answer.audio().unwrap().effective_direction();
    assert_eq!(direction, Direction::ReceiveOnly);
    assert_eq!(desk.sound, ["open", "connect", "connect"]);

    desk.line(Told::Reoffered {
        leg,
        offer: Offer::of(&theirs(&[]), origin()),
    });
    assert!(matches!(
        desk.signals.last(),
        Some(Signal::RefuseReoffer { status: 488, .. })
    ));
    assert!(desk.telephone.is_busy());
}

#[test]
fn volume_is_chosen_at_any_time_and_who_is_muted_is_not_in_the_next_call() {
    let mut desk = Desk::new();
    desk.order(Order::SetVolume(crate::Volume::High));
    desk.order(Order::Mute);
    desk.talks();
    desk.order(Order::Mute);
    desk.order(Order::Mute);
    desk.order(Order::Press(Personal::new("1#".to_owned())));
    desk.ends(THEIRS, Cause::Lost);
    desk.order(Order::Press(Personal::new("1#".to_owned())));
    desk.talks();
    desk.order(Order::Mute);

    let wanted = [
        "volume", "open", "connect", "mute", "press", "close", "open", "connect", "mute",
    ];
    assert_eq!(desk.sound, wanted);
}

#[test]
fn a_test_ends_by_itself_and_goes_behind_a_call() {
    let mut desk = Desk::new();
    desk.order(Order::BeginTest);
    desk.order(Order::BeginTest);
    desk.now += TEST;
    assert_eq!(desk.telephone.poll_timeout(), Some(desk.now));
    desk.telephone.handle_timeout(desk.now);
    desk.listen();
    assert_eq!(desk.told, [Event::TestEnded]);

    desk.order(Order::BeginTest);
    desk.is_called(THEIRS, Some(offer(&[Codec::Pcmu])));
    desk.order(Order::BeginTest);

    assert_eq!(desk.sound, ["test", "test over", "test", "test over"]);
    assert_eq!(desk.telephone.poll_timeout(), None);
}

#[test]
fn nobody_is_transferred_and_late_words_are_not_minded() {
    let mut desk = Desk::new();
    desk.talks();
    desk.line(Told::TransferAsked {
        leg: LegId::new(THEIRS),
        to: Personal::new("1".to_owned()),
        replaces: None,
    });
    assert!(matches!(
        desk.signals.last(),
        Some(Signal::TransferFailed { status: 603, .. })
    ));
    let (told, signals) = (desk.told.len(), desk.signals.len());

    let leg = LegId::new(99);
    desk.line(Told::Confirmed { leg });
    desk.line(Told::Progress { leg, status: 180 });
    desk.line(Told::Refused { leg, status: 500 });
    desk.ends(99, Cause::HungUp);

    assert_eq!((desk.told.len(), desk.signals.len()), (told, signals));
}
