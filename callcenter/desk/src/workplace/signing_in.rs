//! Signing in, where a switch has to believe who it is.

use badge::SignedBadge;
use privacy::Personal;

use super::{Command, Moment, Pane, Workplace, view::Notice};
use crate::{
    directory::Directory,
    disposition::DispositionEvent,
    reviews::ReviewsEvent,
    shift::{BreakReason, Presence, ShiftEvent},
    sound::SoundEvent,
    telephone::{NotDone, SignInFault, TelephoneEvent, TelephoneOrder},
    wallboard::Wallboard,
};

impl Workplace {
    pub(super) fn sign_in(&mut self, now: Moment) {
        if self.signing_in.is_some() {
            return;
        }
        let agent = self.agent_typed.trim().to_owned();
        if !self.site.has_switch {
            self.agent_typed.clear();
            return self.begin_shift(agent, now);
        }
        let passphrase = std::mem::take(&mut self.passphrase_typed);
        self.sign_in_fault = None;
        self.signing_in = Some(agent.clone());
        let order = TelephoneOrder::SignIn { agent, passphrase };
        self.commands.push_back(Command::Telephone(order));
    }

    pub(super) fn telephone_said(&mut self, event: TelephoneEvent, now: Moment) {
        match event {
            TelephoneEvent::SignedIn {
                agent,
                supervisor,
                badge,
            } => {
                self.known_to_switch(agent, supervisor, now);
                self.reads_reviews(agent, supervisor);
                self.disposition.handle(DispositionEvent::Known);
                self.wear(badge);
            }
            TelephoneEvent::Badge(badge) => self.wear(badge),
            TelephoneEvent::Directory(part) => self.directory.extend(part),
            TelephoneEvent::Colleagues(changed) => self.directory.changed(changed),
            TelephoneEvent::Board(board) => self.wallboard.show(board),
            TelephoneEvent::Sound(news) => {
                self.sound.handle(SoundEvent::Told(news), now.instant);
            }
            TelephoneEvent::Monitoring(monitoring) => self.wallboard.takes_part(monitoring),
            TelephoneEvent::HelpWanted { agent } => {
                self.wallboard.help_wanted(agent);
                self.notice = Some(Notice::HelpWanted);
            }
            TelephoneEvent::SignInRefused(why) => match self.signing_in.take() {
                Some(_) => self.sign_in_fault = Some(why),
                None => {
                    self.notice = Some(Notice::SignInAgain);
                    self.reviews.handle(ReviewsEvent::Forgotten);
                }
            },
            TelephoneEvent::Dispositions(codes) => {
                self.disposition.handle(DispositionEvent::Codes(codes));
            }
            TelephoneEvent::WrapUp(wrap_up) => {
                self.disposition.handle(DispositionEvent::Told(wrap_up));
            }
            TelephoneEvent::DispositionRefused { call, why } => {
                self.disposition
                    .handle(DispositionEvent::Refused { call, why });
            }
            TelephoneEvent::Quality(told) => self.reviews.handle(ReviewsEvent::Told(told)),
            TelephoneEvent::Away => {
                self.reviews.handle(ReviewsEvent::Away);
                self.disposition.handle(DispositionEvent::Away);
                // Requests are prepared all the same, and calls come later.
                if let Some(agent) = self.signing_in.take() {
                    // Nobody has said that they are one.
                    self.supervisor = false;
                    self.leave_supervisors_panes();
                    self.begin_shift(agent, now);
                    self.notice = Some(Notice::SwitchAway);
                }
            }
            TelephoneEvent::SentOnBreak => {
                // A call or a form is nothing a break waits for here.
                let _ = self
                    .shift
                    .handle(ShiftEvent::Break(BreakReason::Errand), now.instant);
            }
            TelephoneEvent::NotDone(why) => {
                self.notice = Some(match why {
                    NotDone::NotNow => Notice::NotNow,
                    NotDone::UnknownDestination => Notice::UnknownDestination,
                    NotDone::SupervisorsOnly => Notice::SupervisorsOnly,
                    NotDone::AtTheTelephone => Notice::AtTheTelephone,
                });
            }
            TelephoneEvent::Registered
            | TelephoneEvent::Unregistered
            | TelephoneEvent::Ringing(_)
            | TelephoneEvent::Answered
            | TelephoneEvent::Talk(_)
            | TelephoneEvent::Monitored(_)
            | TelephoneEvent::Recording(_)
            | TelephoneEvent::Muted
            | TelephoneEvent::Unmuted
            | TelephoneEvent::Ended => self.telephone.handle(event, now.instant),
        }
    }

    fn known_to_switch(&mut self, agent: u32, supervisor: bool, now: Moment) {
        self.supervisor = supervisor;
        self.directory = Directory::of(agent);
        self.wallboard = Wallboard::default();
        self.leave_supervisors_panes();
        match self.signing_in.take() {
            Some(agent) => self.begin_shift(agent, now),
            // The line is back: the switch learns anew what the agent is doing.
            None => {
                if let Some(presence) = self.shift.presence() {
                    self.telephone.present(presence);
                }
                if let Some(order) = self.kiosk_order_again() {
                    self.telephone.order(order);
                }
            }
        }
    }

    /// Where a supervisor left off is no place for whoever is none, nor to come back to.
    fn leave_supervisors_panes(&mut self) {
        if !self.may_see(self.pane_before) {
            self.pane_before = Pane::Worklist;
        }
        if !self.may_see(self.pane) {
            self.pane = Pane::Worklist;
        }
    }

    /// The exchange is shown who works here, as long as somebody does.
    fn wear(&mut self, badge: SignedBadge) {
        if self.shift.agent().is_some() {
            self.badged = true;
            self.commands.push_back(Command::Wear(Some(badge)));
        }
    }

    pub(super) fn take_off_badge(&mut self) {
        if self.shift.agent().is_none() && std::mem::take(&mut self.badged) {
            self.commands.push_back(Command::Wear(None));
        }
    }

    fn begin_shift(&mut self, agent: String, now: Moment) {
        self.passphrase_typed = Personal::default();
        let event = ShiftEvent::SignIn { agent };
        self.agent_refused = self.shift.handle(event, now.instant).is_err();
        if !self.agent_refused {
            self.agent_typed.clear();
        } else if self.site.has_switch {
            self.telephone.present(Presence::SignedOut);
        }
    }

    pub(super) fn sign_in_fault(&self) -> Option<SignInFault> {
        self.sign_in_fault.clone()
    }
}
