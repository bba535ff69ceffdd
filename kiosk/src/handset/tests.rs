//! Stories of a handset, in virtual time.

use softphone::Unregistered;

use super::*;

const ROOM: &str = "1795480200000-3";

struct Booth {
    handset: Handset,
    now: Instant,
    said: Vec<Voice>,
    orders: Vec<Order>,
}

impl Booth {
    fn open() -> Self {
        Self {
            handset: Handset::default(),
            now: Instant::now(),
            said: Vec::new(),
            orders: Vec::new(),
        }
    }

    /// Registered, and called for the citizen.
    fn calling() -> Self {
        let mut booth = Self::open();
        booth.hears(Told::Registered);
        booth.wants(ROOM);
        assert_eq!(booth.calls(), [ROOM]);
        booth
    }

    fn talking() -> Self {
        let mut booth = Self::calling();
        booth.hears(Told::Answered);
        assert_eq!(booth.said, [Voice::Calling, Voice::Talking]);
        booth.said.clear();
        booth
    }

    fn handle(&mut self, event: HandsetEvent) {
        self.handset.handle(event, self.now);
        self.listen();
    }

    fn listen(&mut self) {
        while let Some(command) = self.handset.poll_command() {
            match command {
                HandsetCommand::Order(order) => self.orders.push(order),
                HandsetCommand::Report(voice) => self.said.push(voice),
            }
        }
    }

    fn hears(&mut self, told: Told) {
        self.handle(HandsetEvent::Telephone(told));
    }

    fn is_refused(&mut self, status: u16) {
        self.hears(Told::Ended(Ended::Refused { status }));
    }

    fn wants(&mut self, room: &str) {
        self.handle(HandsetEvent::Ordered(HandsetOrder::Call {
            room: room.to_owned(),
            request: Some(RequestId::new("gaon-1-261124-a1b2c3-000001")),
        }));
    }

    fn hangs_up(&mut self) {
        self.handle(HandsetEvent::Ordered(HandsetOrder::HangUp));
    }

    /// Lets time pass; answers when something was due in it.
    fn pass(&mut self, span: Duration) -> bool {
        self.now += span;
        let due = self.handset.poll_timeout().is_some_and(|it| it <= self.now);
        self.handset.handle_timeout(self.now);
        self.listen();
        due
    }

    /// The rooms that were called since this was asked last.
    fn calls(&mut self) -> Vec<String> {
        let mut rooms = Vec::new();
        for order in std::mem::take(&mut self.orders) {
            if let Order::Call { to, request, .. } = order {
                assert_eq!(request.as_deref(), Some("gaon-1-261124-a1b2c3-000001"));
                rooms.push(to.reveal().clone());
            }
        }
        rooms
    }

    fn was_hung_up(&mut self) -> bool {
        let orders = std::mem::take(&mut self.orders);
        orders.iter().any(|it| matches!(it, Order::HangUp))
    }
}

#[test]
fn a_room_the_switch_has_not_heard_of_is_called_again_at_once_and_later_seldom() {
    let mut booth = Booth::calling();
    for _ in 0..SOON_TRIES {
        booth.is_refused(480);
        assert!(booth.pass(SOON));
        assert_eq!(booth.calls(), [ROOM]);
    }
    assert_eq!(booth.said, [Voice::Calling]);

    booth.is_refused(480);

    assert_eq!(booth.said, [Voice::Calling, Voice::Away]);
    assert!(!booth.pass(SOON));
    assert!(booth.pass(LATER));
    assert_eq!(booth.calls(), [ROOM]);
    booth.hears(Told::Progress { status: 180 });
    booth.hears(Told::Answered);
    let told = [Voice::Calling, Voice::Away, Voice::Calling, Voice::Talking];
    assert_eq!(booth.said, told);
}

#[test]
fn an_agent_in_another_call_is_tried_again_and_the_citizen_told_so_once() {
    let mut booth = Booth::calling();

    for _ in 0..3 {
        booth.is_refused(486);
        assert!(booth.pass(LATER));
        assert_eq!(booth.calls(), [ROOM]);
    }

    assert_eq!(booth.said, [Voice::Calling, Voice::Busy]);
}

#[test]
fn who_hung_up_or_declined_is_not_called_again_by_itself() {
    let mut declined = Booth::calling();
    declined.is_refused(603);
    let mut left = Booth::talking();
    left.hears(Told::Ended(Ended::There));

    for booth in [&mut declined, &mut left] {
        assert_eq!(booth.said.last(), Some(&Voice::HungUp));
        assert_eq!(booth.handset.poll_timeout(), None);
        booth.wants(ROOM);
        assert_eq!(booth.calls(), [ROOM]);
    }
}

#[test]
fn a_talk_that_breaks_off_is_taken_up_again() {
    let mut booth = Booth::talking();

    booth.hears(Told::Ended(Ended::Lost));
    assert_eq!(booth.said, [Voice::Away]);
    assert!(booth.pass(AFTER_A_BREAK));

    assert_eq!(booth.calls(), [ROOM]);
}

#[test]
fn without_a_telephone_it_is_said_and_called_as_soon_as_there_is_one() {
    let mut booth = Booth::open();
    booth.wants(ROOM);
    assert_eq!(booth.said, [Voice::Away]);
    assert!(booth.calls().is_empty());
    assert_eq!(booth.handset.poll_timeout(), None);

    booth.hears(Told::Registered);

    assert_eq!(booth.calls(), [ROOM]);
    booth.hears(Told::Unregistered(Unregistered::RegistrarGone));
    booth.is_refused(503);
    booth.handle(HandsetEvent::SwitchAway);
    assert_eq!(booth.said, [Voice::Away, Voice::Calling, Voice::Away]);
    assert!(
        !booth.pass(LATER * 100),
        "nobody is called without a telephone"
    );
}

#[test]
fn a_switch_that_is_away_leaves_the_talk_alone() {
    let mut booth = Booth::talking();

    booth.handle(HandsetEvent::SwitchAway);
    booth.hears(Told::Unregistered(Unregistered::RegistrarGone));

    assert!(booth.said.is_empty() && !booth.was_hung_up());
}

#[test]
fn when_the_help_is_over_the_call_is_and_nothing_is_tried_again() {
    for mut booth in [Booth::calling(), Booth::talking()] {
        booth.hangs_up();
        assert!(booth.was_hung_up());
        booth.hears(Told::Ended(Ended::Here));

        assert_eq!(booth.handset.poll_timeout(), None);
        assert!(booth.calls().is_empty());
    }
    let mut waiting = Booth::calling();
    waiting.is_refused(486);
    waiting.hangs_up();
    assert!(!waiting.pass(LATER) && waiting.calls().is_empty());
}

#[test]
fn the_next_citizens_room_is_called_when_the_last_ones_call_has_ended() {
    let mut booth = Booth::talking();
    booth.hangs_up();
    booth.wants("1795480200000-4");
    assert!(booth.calls().is_empty(), "the line is not free yet");

    booth.hears(Told::Ended(Ended::Here));

    assert_eq!(booth.calls(), ["1795480200000-4"]);
}

#[test]
fn a_device_that_is_missing_is_said_while_it_is() {
    let mut booth = Booth::talking();

    booth.hears(Told::DeviceGone(Side::Microphone));
    booth.hears(Told::DeviceGone(Side::Loudspeaker));
    booth.hears(Told::DeviceBack(Side::Microphone));
    assert_eq!(booth.said, [Voice::Silent]);
    booth.hears(Told::DeviceBack(Side::Loudspeaker));

    assert_eq!(booth.said, [Voice::Silent, Voice::Talking]);
}

#[test]
fn the_volume_is_told_to_a_telephone_that_comes_later() {
    let mut booth = Booth::open();
    let louder = HandsetOrder::SetVolume(Volume::High);
    booth.handle(HandsetEvent::Ordered(louder));
    booth.orders.clear();

    booth.hears(Told::Registered);

    assert!(matches!(booth.orders[..], [Order::SetVolume(Volume::High)]));
}

#[test]
fn nobody_calls_a_kiosk() {
    let mut booth = Booth::open();
    booth.hears(Told::Ringing {
        from: Personal::default(),
        display: None,
        call: None,
        request: None,
    });

    assert!(booth.was_hung_up());
}
