//! A reader's afternoons, without a reader.

use std::time::{Duration, Instant};

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

struct Desk {
    reader: ChipCardReader,
    now: Instant,
    /// The conversation last begun.
    conversation: Conversation,
}

impl Desk {
    fn open() -> Self {
        let mut desk = Self {
            reader: ChipCardReader::default(),
            now: Instant::now(),
            conversation: 0,
        };
        desk.reader.handle(Input::ReaderFound, desk.now);
        desk.told();
        desk
    }

    fn reading() -> Self {
        let mut desk = Self::open();
        desk.put(Input::Order(CardReaderOrder::Accept));
        let (told, asked) = desk.put(Input::CardIn);
        assert_eq!(told, [CardReaderEvent::Inserted]);
        assert_eq!(asked, [Question::Connect]);
        desk
    }

    fn put(&mut self, input: Input) -> (Vec<CardReaderEvent>, Vec<Question>) {
        self.reader.handle(input, self.now);
        self.told()
    }

    fn answer(&mut self, answer: Answer) -> (Vec<CardReaderEvent>, Vec<Question>) {
        self.put(Input::Answer(self.conversation, answer))
    }

    fn response(&mut self, bytes: &[u8]) -> (Vec<CardReaderEvent>, Vec<Question>) {
        self.answer(Answer::Response(Zeroizing::new(bytes.to_vec())))
    }

    fn later(&mut self, wait: Duration) -> (Vec<CardReaderEvent>, Vec<Question>) {
        self.now += wait;
        self.reader.handle_timeout(self.now);
        self.told()
    }

    fn told(&mut self) -> (Vec<CardReaderEvent>, Vec<Question>) {
        let (mut told, mut asked) = (Vec::new(), Vec::new());
        while let Some(output) = self.reader.poll_output() {
            match output {
                Output::Tell(event) => told.push(event),
                Output::Ask(conversation, question) => {
                    if question == Question::Connect {
                        self.conversation = conversation;
                    }
                    asked.push(question);
                }
            }
        }
        (told, asked)
    }
}

fn connected() -> Answer {
    Answer::Connected {
        protocol: Protocol::T1,
        today: date(2026, 11, 25),
    }
}

fn unreadable() -> Vec<CardReaderEvent> {
    vec![CardReaderEvent::Refused(CardFault::Unreadable)]
}

#[test]
fn a_card_nobody_asked_for_is_seen_and_not_read() {
    let mut desk = Desk::open();

    assert_eq!(
        desk.put(Input::CardIn),
        (vec![CardReaderEvent::Inserted], vec![])
    );
    assert_eq!(
        desk.put(Input::CardOut),
        (vec![CardReaderEvent::Removed], vec![])
    );
}

#[test]
fn a_broken_connection_is_a_pulled_card_when_its_leaving_is_told_soon() {
    let mut pulled = Desk::reading();
    assert_eq!(pulled.answer(Answer::Broken), (vec![], vec![]));
    let (told, _) = pulled.put(Input::CardOut);
    assert_eq!(told, [CardReaderEvent::Removed]);
    assert_eq!(pulled.later(Duration::from_secs(60)), (vec![], vec![]));

    let mut broken = Desk::reading();
    broken.answer(connected());
    assert_eq!(broken.answer(Answer::Broken), (vec![], vec![]));
    assert_eq!(
        broken.later(DOUBT),
        (unreadable(), vec![Question::Disconnect])
    );
}

#[test]
fn a_card_somebody_else_talks_to_is_tried_again_but_not_for_ever() {
    let mut desk = Desk::reading();
    for _ in 0..3 {
        assert_eq!(desk.answer(Answer::Busy), (vec![], vec![]));
        assert_eq!(desk.later(BUSY_PAUSE), (vec![], vec![Question::Connect]));
    }
    desk.answer(Answer::Busy);

    let (told, _) = desk.later(READ_TIMEOUT);

    assert_eq!(told, unreadable());
}

#[test]
fn what_a_stuck_card_says_at_last_is_not_taken_for_the_next_cards_answer() {
    let mut desk = Desk::reading();
    desk.answer(connected());
    let stuck = desk.conversation;
    desk.put(Input::CardOut);
    desk.put(Input::CardIn);
    assert_ne!(desk.conversation, stuck);

    let late = Answer::Response(Zeroizing::new(vec![0x6a, 0x82]));
    assert_eq!(
        desk.put(Input::Answer(stuck, late)),
        (vec![], vec![]),
        "an old answer"
    );
    let (told, asked) = desk.answer(connected());
    assert!(told.is_empty());
    assert!(matches!(asked[..], [Question::Transmit(_)]));
}

#[test]
fn a_card_let_go_while_it_is_read_is_nobodys_business_any_more() {
    let mut desk = Desk::reading();
    desk.answer(connected());

    let (told, asked) = desk.put(Input::Order(CardReaderOrder::Release));

    assert_eq!((told, asked), (vec![], vec![Question::Disconnect]));
    assert_eq!(desk.response(&[0x6a, 0x82]), (vec![], vec![]));
    assert_eq!(desk.later(Duration::from_secs(60)), (vec![], vec![]));
}

#[test]
fn a_card_that_always_wants_another_question_is_given_up() {
    for endless in [[0x61, 0x00], [0x6c, 0x01], [0x90, 0x00]] {
        let mut desk = Desk::reading();
        desk.answer(connected());
        let mut questions = 0;
        let told = loop {
            let (told, asked) = desk.response(&endless);
            if !told.is_empty() {
                break told;
            }
            assert!(matches!(asked[..], [Question::Transmit(_)]));
            questions += 1;
            assert!(questions < 100, "{endless:02x?}");
        };
        assert!(
            matches!(told[..], [CardReaderEvent::Refused(_)]),
            "{told:?}"
        );
    }
}

#[test]
fn a_reader_that_goes_away_takes_the_card_along() {
    let mut desk = Desk::reading();

    let (told, _) = desk.put(Input::ReaderLost);

    let state = DeviceState::Absent;
    assert_eq!(
        told,
        [
            CardReaderEvent::Removed,
            CardReaderEvent::Status(CardReaderStatus { state })
        ]
    );
}

#[derive(Clone, Debug)]
enum Move {
    Accept,
    Release,
    Found,
    Lost,
    In,
    Out,
    Connected,
    Busy,
    Broken,
    Response(Vec<u8>),
    Later(u64),
}

fn moves() -> impl Strategy<Value = Move> {
    let response = (proptest::collection::vec(any::<u8>(), 0..40), 0..6_usize);
    prop_oneof![
        Just(Move::Accept),
        Just(Move::Release),
        Just(Move::Found),
        Just(Move::Lost),
        Just(Move::In),
        Just(Move::Out),
        Just(Move::Connected),
        Just(Move::Busy),
        Just(Move::Broken),
        response.prop_map(|(mut bytes, kind)| {
            let ends: [&[u8]; 6] = [
                &[0x90, 0],
                &[0x61, 4],
                &[0x6c, 9],
                &[0x62, 0x82],
                &[0x6f, 0],
                &[],
            ];
            bytes.extend(ends[kind]);
            Move::Response(bytes)
        }),
        (0..6000_u64).prop_map(Move::Later),
    ]
}

proptest! {
    /// Events come in an order that a visit can follow, whatever happens.
    #[test]
    fn a_card_is_in_before_anything_is_said_of_it_and_not_after_it_left(
        moves in proptest::collection::vec(moves(), 0..80),
    ) {
        let mut desk = Desk::open();
        let mut is_in = false;
        for one in moves {
            let (told, _) = match one {
                Move::Accept => desk.put(Input::Order(CardReaderOrder::Accept)),
                Move::Release => desk.put(Input::Order(CardReaderOrder::Release)),
                Move::Found => desk.put(Input::ReaderFound),
                Move::Lost => desk.put(Input::ReaderLost),
                Move::In => desk.put(Input::CardIn),
                Move::Out => desk.put(Input::CardOut),
                Move::Connected => desk.answer(connected()),
                Move::Busy => desk.answer(Answer::Busy),
                Move::Broken => desk.answer(Answer::Broken),
                Move::Response(bytes) => desk.response(&bytes),
                Move::Later(milliseconds) => desk.later(Duration::from_millis(milliseconds)),
            };
            for event in told {
                match event {
                    CardReaderEvent::Inserted => {
                        prop_assert!(!is_in);
                        is_in = true;
                    }
                    CardReaderEvent::Removed => {
                        prop_assert!(is_in);
                        is_in = false;
                    }
                    CardReaderEvent::Refused(_) => prop_assert!(is_in),
                    CardReaderEvent::Read(_) | CardReaderEvent::Track(_) => {
                        prop_assert!(false, "noise is nobody");
                    }
                    CardReaderEvent::Status(_) => {}
                }
            }
        }
        // Nothing is waited for once the card is out.
        desk.put(Input::CardOut);
        prop_assert_eq!(desk.reader.poll_timeout(), None);
    }
}
