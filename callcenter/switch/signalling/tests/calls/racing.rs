//! A telephone that asks for a transfer and hangs up in the same moment, over whichever of
//! its calls.

use flows::Peer;
use signalling::{Cause, Command, Event, LegId};

use crate::{
    operator::Operator,
    telephone::{Telephone, header},
    transferring::in_a_call,
};

/// What one says in a race, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// REFER over the first call, without asking anybody.
    Refer,
    /// REFER over the first call that names the second.
    ReferNaming,
    /// BYE of the first call.
    Bye,
    /// BYE of the second.
    ByeOfTheSecond,
    /// We hang up the first call.
    HungUpOn,
}

/// How a transfer was asked for, where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Blindly,
    NamingTheSecond,
}

/// Two calls of the same house, and what is heard of them.
struct Race {
    operator: Operator,
    legs: [LegId; 2],
    telephones: [Telephone; 2],
    to: [String; 2],
}

/// What came of one.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    asked: Option<Asked>,
    /// Whether the first and the second call are over.
    ended: [Option<Cause>; 2],
    /// What requests were answered with, by method.
    answers: Vec<(String, String)>,
}

impl Race {
    async fn begin() -> Self {
        let mut operator = Operator::open().await;
        let (first, telephone, to) = in_a_call(&mut operator).await;
        let (second, other, other_to) = in_a_call(&mut operator).await;
        Self {
            operator,
            legs: [first, second],
            telephones: [telephone, other],
            to: [to, other_to],
        }
    }

    fn message(&self, said: Said) -> Option<(usize, String)> {
        let ([first, second], [to, other]) = (&self.telephones, &self.to);
        let refer = |refer_to: String| {
            let message = first.request("REFER sip:110@house", 2, &[to, &refer_to], "");
            Some((0, message))
        };
        match said {
            Said::Refer => refer("Refer-To: <sip:120@house>".to_owned()),
            Said::ReferNaming => {
                let (port, (_, tag)) = (second.address.port(), other.split_once("tag=")?);
                let tags = format!("%3Bto-tag%3D{tag}%3Bfrom-tag%3Df{port}");
                refer(format!("Refer-To: <sip:120@house?Replaces=c{port}{tags}>"))
            }
            Said::Bye => Some((0, first.request("BYE sip:110@house", 3, &[to], ""))),
            Said::ByeOfTheSecond => Some((1, second.request("BYE sip:110@house", 3, &[other], ""))),
            Said::HungUpOn => None,
        }
    }

    /// All is said at once.
    async fn run(mut self, said: &[Said]) -> Outcome {
        for word in said {
            match self.message(*word) {
                Some((by, message)) => self.telephones[by].says(&message).await,
                None => self.operator.does(Command::End { leg: self.legs[0] }),
            }
        }
        let mut outcome = Outcome {
            asked: None,
            ended: [None, None],
            answers: Vec::new(),
        };
        for (by, telephone) in self.telephones.iter_mut().enumerate() {
            let of = |it: &&Said| (**it == Said::ByeOfTheSecond) == (by == 1);
            let questions = said.iter().filter(|it| **it != Said::HungUpOn);
            hear(
                telephone,
                questions.filter(of).count(),
                &mut outcome.answers,
            )
            .await;
        }
        for leg in self.legs {
            self.operator.does(Command::End { leg });
        }
        while outcome.ended.contains(&None) {
            let event = self.operator.hears().await;
            if let Event::TransferAsked { leg, replaces, .. } = event {
                assert_eq!((leg, outcome.asked), (self.legs[0], None));
                assert_eq!(outcome.ended[0], None, "asked over a call that is over");
                outcome.asked = Some(match replaces {
                    None => Asked::Blindly,
                    Some(replaced) => {
                        assert_eq!(replaced, self.legs[1]);
                        Asked::NamingTheSecond
                    }
                });
                continue;
            }
            let Event::Ended { leg, why } = event else {
                panic!("{event:?}");
            };
            let call = usize::from(leg == self.legs[1]);
            assert_eq!(outcome.ended[call].replace(why), None, "it ends once");
        }
        self.operator.has_nothing_left();
        outcome.answers.sort();
        outcome
    }
}

/// Until so many questions are answered; the house's own are answered, too.
async fn hear(telephone: &mut Telephone, questions: usize, answers: &mut Vec<(String, String)>) {
    let mut answered = 0;
    while answered < questions {
        let message = telephone.hears().await;
        if message.starts_with("SIP/2.0") {
            let method = header(&message, "CSeq").split(' ').nth(1).unwrap();
            answers.push((method.to_owned(), message[8..11].to_owned()));
            answered += 1;
        } else {
            let answer = telephone.response(&message, "200 OK", "");
            telephone.says(&answer).await;
        }
    }
}

fn answers(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(method, status)| ((*method).to_owned(), (*status).to_owned()))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_transfer_and_a_bye_of_the_same_call_take_effect_in_their_order() {
    let trial = flows::tried("lines: REFER and BYE in one moment", Peer::Octets);
    const TIMES: usize = 20;
    for (said, asked, why, statuses) in [
        (
            [Said::Refer, Said::Bye],
            Some(Asked::Blindly),
            Cause::HungUp,
            [("BYE", "200"), ("REFER", "202")],
        ),
        (
            [Said::ReferNaming, Said::Bye],
            Some(Asked::NamingTheSecond),
            Cause::HungUp,
            [("BYE", "200"), ("REFER", "202")],
        ),
        (
            [Said::Bye, Said::Refer],
            None,
            Cause::HungUp,
            [("BYE", "200"), ("REFER", "481")],
        ),
    ] {
        for _ in 0..TIMES {
            let outcome = Race::begin().await.run(&said).await;

            let expected = Outcome {
                asked,
                ended: [Some(why), Some(Cause::Released)],
                answers: answers(&statuses),
            };
            assert_eq!(outcome, expected, "{said:?}");
        }
    }
    trial.saw("202 and 200, or 200 and 481");
}

/// Two calls are two tasks: whichever is first. A transfer that has lost whom it names is
/// never made to anybody else.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_transfer_that_crosses_the_end_of_a_call_is_made_as_asked_or_not_at_all() {
    let trial = flows::tried("lines: REFER crosses the end of a call", Peer::Octets);
    const TIMES: usize = 20;
    for said in [
        [Said::ReferNaming, Said::ByeOfTheSecond],
        [Said::ByeOfTheSecond, Said::ReferNaming],
        [Said::HungUpOn, Said::ReferNaming],
    ] {
        for _ in 0..TIMES {
            let outcome = Race::begin().await.run(&said).await;

            assert_ne!(outcome.asked, Some(Asked::Blindly), "{said:?}");
            let refused = ("REFER".to_owned(), "481".to_owned());
            let was_over = outcome.answers.contains(&refused);
            assert!(
                !was_over || outcome.asked.is_none(),
                "{said:?}: {outcome:?}"
            );
        }
    }
    trial.saw("made as asked, or not at all");
}
