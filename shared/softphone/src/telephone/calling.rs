//! The one call of a telephone, from the first ring to its end.

use privacy::Personal;
use signalling::{Call, Cause, LegId, Target};
use sip::sdp::{Answer, Offer};

use super::{Command, Opened, Telephone};
use crate::{Ended, Event, session::Session};

const BUSY: u16 = 486;
/// SIP's 488 Not Acceptable Here.
const NO_COMMON_SOUND: u16 = 488;
/// A telephone transfers nobody.
const DECLINED: u16 = 603;
const UNAVAILABLE: u16 = 480;

/// A call we were told to make.
#[derive(Debug)]
pub(super) struct Wish {
    to: Personal<String>,
    request: Option<String>,
    headers: Vec<(String, String)>,
}

/// Where the call stands.
#[derive(Debug, Default)]
pub(super) enum Step {
    #[default]
    Idle,
    /// We are called.
    Ringing {
        leg: LegId,
        offer: Option<Offer>,
    },
    /// It was taken; the sound is being opened.
    Taking {
        leg: LegId,
        offer: Option<Offer>,
    },
    /// Our 200 is on its way; the other end has to acknowledge it.
    Accepted {
        leg: LegId,
        session: Box<Session>,
    },
    /// The sound for a call of ours is being opened.
    Placing(Box<Wish>),
    Calling {
        leg: LegId,
        session: Box<Session>,
    },
    Talking {
        leg: LegId,
        session: Box<Session>,
    },
    /// Hung up here; the line has the last word.
    Ending {
        leg: LegId,
        why: Ended,
    },
}

impl Step {
    fn leg(&self) -> Option<LegId> {
        match self {
            Self::Idle | Self::Placing(_) => None,
            Self::Ringing { leg, .. }
            | Self::Taking { leg, .. }
            | Self::Accepted { leg, .. }
            | Self::Calling { leg, .. }
            | Self::Talking { leg, .. }
            | Self::Ending { leg, .. } => Some(*leg),
        }
    }
}

impl Telephone {
    pub(super) fn call(
        &mut self,
        to: Personal<String>,
        request: Option<String>,
        headers: Vec<(String, String)>,
    ) {
        if !matches!(self.step, Step::Idle) {
            return;
        }
        self.end_test();
        let wish = Wish {
            to,
            request,
            headers,
        };
        self.step = Step::Placing(Box::new(wish));
        self.commands.push_back(Command::OpenSound);
    }

    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "whatever the call is doing else goes on"
    )]
    pub(super) fn answer(&mut self) {
        self.step = match std::mem::take(&mut self.step) {
            Step::Ringing { leg, offer } => {
                self.commands.push_back(Command::OpenSound);
                Step::Taking { leg, offer }
            }
            step => step,
        };
    }

    pub(super) fn hang_up(&mut self) {
        self.step = match std::mem::take(&mut self.step) {
            Step::Ringing { leg, .. } | Step::Taking { leg, .. } => {
                self.refuse(leg, BUSY, Ended::Here)
            }
            Step::Accepted { leg, .. } | Step::Calling { leg, .. } | Step::Talking { leg, .. } => {
                self.end(leg, Ended::Here)
            }
            Step::Placing(_) => {
                self.tell(Event::Ended(Ended::Here));
                Step::Idle
            }
            step @ (Step::Idle | Step::Ending { .. }) => step,
        };
    }

    /// The sound has a place, or there is none.
    pub(super) fn sound_opened(&mut self, opened: Option<Opened>) {
        self.step = match (std::mem::take(&mut self.step), opened) {
            (Step::Placing(wish), Some(opened)) => self.place(*wish, &opened),
            (Step::Placing(_), None) => {
                self.tell(Event::Ended(Ended::NoSound));
                Step::Idle
            }
            (Step::Taking { leg, offer }, Some(opened)) => self.take_up(leg, offer, &opened),
            (Step::Taking { leg, .. }, None) => self.refuse(leg, UNAVAILABLE, Ended::NoSound),
            // The call was over before its sound was there.
            (step, Some(_)) => {
                self.commands.push_back(Command::CloseSound);
                step
            }
            (step, None) => step,
        };
    }

    pub(super) fn signalled(&mut self, event: signalling::Event) {
        use signalling::Event as Told;
        match event {
            Told::Called {
                leg,
                from,
                display,
                offer,
                request,
                call,
                ..
            } => {
                let ringing = Event::Ringing {
                    from,
                    display,
                    call,
                    request,
                };
                self.called(leg, offer, ringing);
            }
            Told::Progress { leg, status } => {
                if matches!(&self.step, Step::Calling { leg: it, .. } if *it == leg) {
                    self.tell(Event::Progress { status });
                }
            }
            Told::Answered { leg, answer } => self.answered(leg, &answer),
            Told::Confirmed { leg } => self.confirmed(leg),
            Told::Refused { leg, status } => self.over(leg, Ended::Refused { status }),
            Told::Reoffered { leg, offer } => self.reoffered(leg, &offer),
            Told::Digit { leg, digit } => {
                if self.step.leg() == Some(leg) {
                    self.tell(Event::Digit(digit));
                }
            }
            Told::TransferAsked { leg, .. } => {
                let status = DECLINED;
                self.signal(signalling::Command::TransferFailed { leg, status });
            }
            Told::Ended { leg, why } => self.over(
                leg,
                match why {
                    Cause::HungUp => Ended::There,
                    Cause::GaveUp => Ended::GaveUp,
                    Cause::Released | Cause::Declined { .. } => Ended::Here,
                    Cause::Unacknowledged | Cause::Expired | Cause::Lost => Ended::Lost,
                },
            ),
            Told::ReofferRefused { .. } | Told::Registered { .. } | Told::Unregistered { .. } => {}
        }
    }

    fn called(&mut self, leg: LegId, offer: Option<Offer>, ringing: Event) {
        if !matches!(self.step, Step::Idle) {
            return self.signal(refusal(leg, BUSY));
        }
        self.end_test();
        self.step = Step::Ringing { leg, offer };
        self.signal(signalling::Command::Ring { leg });
        self.tell(ringing);
    }

    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "whatever the call is doing else goes on"
    )]
    fn confirmed(&mut self, leg: LegId) {
        self.step = match std::mem::take(&mut self.step) {
            Step::Accepted { leg: it, session } if it == leg => self.talk(leg, session),
            step => step,
        };
    }

    fn place(&mut self, wish: Wish, opened: &Opened) -> Step {
        let leg = opened.leg;
        let mut session = Box::new(Session::new(opened, self.encryption));
        let user = sip::escape::user(wish.to.reveal());
        let uri = format!("sip:{user}@{}", self.registrar);
        let call = Call {
            leg,
            to: Target::Uri(Personal::new(uri)),
            from: self.account.clone(),
            display: None,
            offer: session.offer(),
            request: wish.request,
            headers: wish.headers,
        };
        self.signal(signalling::Command::Call(Box::new(call)));
        Step::Calling { leg, session }
    }

    fn take_up(&mut self, leg: LegId, offer: Option<Offer>, opened: &Opened) -> Step {
        let mut session = Box::new(Session::new(opened, self.encryption));
        let Some(offer) = offer else {
            let offer = session.offer();
            self.signal(signalling::Command::AnswerWithOffer { leg, offer });
            return Step::Accepted { leg, session };
        };
        match session.answer(&offer) {
            Ok((answer, remote)) => {
                self.signal(signalling::Command::Answer { leg, answer });
                let remote = Box::new(remote);
                self.commands.push_back(Command::ConnectSound(remote));
                Step::Accepted { leg, session }
            }
            Err(_) => {
                self.commands.push_back(Command::CloseSound);
                self.refuse(leg, NO_COMMON_SOUND, Ended::NoCommonSound)
            }
        }
    }

    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "whatever the call is doing else goes on"
    )]
    fn answered(&mut self, told: LegId, answer: &Answer) {
        if self.step.leg() != Some(told) {
            return;
        }
        self.step = match std::mem::take(&mut self.step) {
            Step::Calling { leg, mut session } => match session.answered(answer) {
                Ok(remote) => {
                    let remote = Box::new(remote);
                    self.commands.push_back(Command::ConnectSound(remote));
                    self.talk(leg, session)
                }
                Err(_) => self.end(leg, Ended::NoCommonSound),
            },
            // The answer of a caller who wanted our offer; it comes behind the ACK.
            Step::Talking { leg, mut session } => match session.answered(answer) {
                Ok(remote) => {
                    let remote = Box::new(remote);
                    self.commands.push_back(Command::ConnectSound(remote));
                    Step::Talking { leg, session }
                }
                Err(_) => self.end(leg, Ended::NoCommonSound),
            },
            step => step,
        };
    }

    fn reoffered(&mut self, leg: LegId, offer: &Offer) {
        let agreed = match &mut self.step {
            Step::Talking { leg: it, session } if *it == leg => session.answer(offer),
            Step::Idle
            | Step::Ringing { .. }
            | Step::Taking { .. }
            | Step::Placing(_)
            | Step::Accepted { .. }
            | Step::Calling { .. }
            | Step::Talking { .. }
            | Step::Ending { .. } => return,
        };
        match agreed {
            Ok((answer, remote)) => {
                self.signal(signalling::Command::AnswerReoffer { leg, answer });
                let remote = Box::new(remote);
                self.commands.push_back(Command::ConnectSound(remote));
            }
            Err(_) => {
                let status = NO_COMMON_SOUND;
                self.signal(signalling::Command::RefuseReoffer { leg, status });
            }
        }
    }

    fn talk(&mut self, leg: LegId, session: Box<Session>) -> Step {
        self.muted = false;
        self.tell(Event::Answered);
        Step::Talking { leg, session }
    }

    fn refuse(&mut self, leg: LegId, status: u16, why: Ended) -> Step {
        self.signal(refusal(leg, status));
        Step::Ending { leg, why }
    }

    fn end(&mut self, leg: LegId, why: Ended) -> Step {
        self.signal(signalling::Command::End { leg });
        // Nobody is heard after they have hung up.
        self.commands.push_back(Command::CloseSound);
        Step::Ending { leg, why }
    }

    /// The line's last word about the call.
    fn over(&mut self, leg: LegId, why: Ended) {
        // Of a caller who was told that we are busy, nobody has heard.
        if self.step.leg() != Some(leg) {
            return;
        }
        let why = match std::mem::take(&mut self.step) {
            Step::Ending { why, .. } => why,
            Step::Accepted { .. } | Step::Calling { .. } | Step::Talking { .. } => {
                self.commands.push_back(Command::CloseSound);
                why
            }
            Step::Idle | Step::Ringing { .. } | Step::Taking { .. } | Step::Placing(_) => why,
        };
        self.tell(Event::Ended(why));
    }
}

fn refusal(leg: LegId, status: u16) -> signalling::Command {
    signalling::Command::Refuse {
        leg,
        status,
        retry_after: None,
    }
}
