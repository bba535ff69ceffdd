//! An agent's help: asked for, agreed to, and confirmed value by value.

mod filling;
mod form;
mod present;
mod speaking;

use handover::{
    HostCommand, HostEvent, HostReport, KioskAnswer, Opening, RoomFault, Shareable, TEXT_MAX,
};
use request::{Action, AgentId, AssistanceEnding, Stage, StationId};

use super::{
    Command, Key, Moment, Touch, Visit,
    entry::Entry,
    step::Step,
    view::{HelpEnding, LineRefusal},
};

use speaking::Handset;

/// Lines of talk that are kept on the screen.
const LINES_MAX: usize = 40;

/// Everything about help that belongs to whoever stands here.
#[derive(Debug, Default)]
pub(super) struct Help {
    phase: Phase,
    /// The desk that sees the form, and who sits there.
    helper: Option<(StationId, AgentId)>,
    proposal: Option<handover::Proposal>,
    pointed: Option<request::FormField>,
    lines: Vec<(Speaker, Shareable)>,
    /// The talk lies over the screen.
    talking: bool,
    entry: Entry,
    refusal: Option<LineRefusal>,
    handset: Handset,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    None,
    /// The citizen is asked whether an agent may see the form.
    Asking,
    Waiting {
        ahead: Option<u32>,
    },
    Helping,
    /// Told until the citizen has read it.
    Ended(HelpEnding),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaker {
    Citizen,
    Agent,
}

impl Visit {
    /// Whether an agent can be asked for here.
    pub(super) fn may_ask_agent(&self) -> bool {
        let stuck = matches!(
            self.step,
            Step::Finding
                | Step::Explaining
                | Step::TypingCode { .. }
                | Step::HoldingPaper { .. }
                | Step::TypingPaperNumber { .. }
                | Step::TellingOfPaper
                | Step::OfferingTicket
                | Step::InsertingCard(_)
                | Step::TypingNumber
                | Step::Asking { .. }
                | Step::Choosing
                | Step::Consenting
                | Step::Reviewing
                | Step::Failing
        );
        let free = matches!(self.person.help.phase, Phase::None | Phase::Ended(_));
        self.site.agents_at_screen && stuck && free && self.fittings.exchange_trouble().is_none()
    }

    pub(super) fn help_touched(&mut self, touch: Touch, now: Moment) {
        let phase = self.person.help.phase;
        match (phase, touch) {
            (Phase::None | Phase::Ended(_), Touch::AskForAgent) if self.may_ask_agent() => {
                self.person.helping = false;
                self.person.help.phase = Phase::Asking;
            }
            (Phase::Asking, Touch::LetAgentSee) => self.let_agent_see(now),
            (Phase::Asking, Touch::KeepToMyself) => self.person.help = Help::default(),
            (Phase::Waiting { .. } | Phase::Helping, Touch::EndHelp) => {
                self.end_help(AssistanceEnding::ByCitizen, now);
            }
            (Phase::Ended(_), Touch::EndHelp) => self.person.help = Help::default(),
            (Phase::Helping, Touch::AcceptProposal(number)) => self.accept_proposal(number, now),
            (Phase::Helping, Touch::DeclineProposal(number)) => {
                self.decline_proposal(number, now);
            }
            (Phase::Helping, Touch::OpenTalk) => self.open_talk(),
            (Phase::Helping, Touch::CloseTalk) => self.person.help.talking = false,
            (Phase::Helping, Touch::TalkKey(key)) => self.type_line(key),
            (Phase::Helping, Touch::SayLine) => self.say_line(now),
            (Phase::Helping, touch) if touch.is_about_the_handset() => {
                self.handset_touched(&touch);
            }
            _ => {}
        }
    }

    fn let_agent_see(&mut self, now: Moment) {
        self.person.help.phase = Phase::Waiting { ahead: None };
        let opening = Opening {
            service: self.person.service.clone(),
            language: self.person.language.code().to_owned(),
        };
        let form = self.form_for_agent();
        self.host
            .handle(HostEvent::Asked { opening, form }, now.instant);
    }

    /// The citizen or the visit ends the help; what was asked for is not waited for.
    pub(super) fn end_help(&mut self, by: AssistanceEnding, now: Moment) {
        self.host.handle(HostEvent::Left, now.instant);
        self.end_speaking();
        self.note_end_of_help(by);
        self.person.help = Help::default();
    }

    /// The exchange's answer to what the host asked.
    pub(super) fn room_answered(
        &mut self,
        attempt: handover::Attempt,
        answer: Result<KioskAnswer, RoomFault>,
        now: Moment,
    ) {
        self.host
            .handle(HostEvent::Answered(attempt, answer), now.instant);
    }

    /// Shows the agent what has changed, and does what the host wants done.
    pub(super) fn tend_help(&mut self, now: Moment) {
        if !self.host.is_resting() {
            let form = self.form_for_agent();
            self.host.handle(HostEvent::Shown(form), now.instant);
        }
        while let Some(command) = self.host.poll_command() {
            match command {
                HostCommand::Ask(attempt, question) => {
                    self.order(Command::AskRoom(attempt, question));
                }
                HostCommand::Report(report) => self.reported(report, now),
            }
        }
        self.note_begin_of_help();
    }

    fn reported(&mut self, report: HostReport, now: Moment) {
        match report {
            HostReport::Waiting { ahead } => {
                self.person.help.phase = Phase::Waiting { ahead: Some(ahead) };
            }
            HostReport::Joined { desk, agent } => {
                self.person.help.phase = Phase::Helping;
                self.person.help.helper = Some((desk, agent));
                // Written down before anybody is spoken with.
                self.note_begin_of_help();
                self.begin_to_speak();
            }
            HostReport::Proposed(proposal) => self.proposed(proposal, now),
            HostReport::TakenBack => {
                self.person.help.proposal = None;
                self.note_declined();
            }
            HostReport::PointedAt(field) => self.person.help.pointed = field,
            HostReport::Heard(text) => {
                self.keep_line(Speaker::Agent, text);
                self.open_talk();
            }
            HostReport::Ended(ending) => {
                let (by, told) = form::ending(ending);
                self.end_speaking();
                self.note_end_of_help(by);
                self.person.help = Help {
                    phase: Phase::Ended(told),
                    ..Help::default()
                };
            }
        }
    }

    /// Written down as soon as there is a request to write it to.
    fn note_begin_of_help(&mut self) {
        let helper = self.person.help.helper.clone();
        let open = self.person.request.as_ref().is_some_and(|request| {
            request.assistance.desk.is_none()
                && !matches!(request.stage, Stage::Closed(_) | Stage::Queued)
        });
        if let Some((desk, agent)) = helper.filter(|_| open) {
            self.act(Action::BeginAssistance { desk, agent });
        }
    }

    pub(super) fn note_end_of_help(&mut self, by: AssistanceEnding) {
        let request = self.person.request.as_ref();
        let open = request.is_some_and(|request| request.assistance.desk.is_some());
        if open {
            self.act(Action::EndAssistance(by));
        }
    }

    fn open_talk(&mut self) {
        if !self.person.help.talking {
            let layout = self.person.language.letters();
            self.person.help.entry = Entry::new(layout, TEXT_MAX);
            self.person.help.talking = true;
            self.person.help.refusal = None;
        }
    }

    fn type_line(&mut self, key: Key) {
        let help = &mut self.person.help;
        let refused = help.entry.press(key).is_err();
        help.refusal = refused.then_some(LineRefusal::TooLong);
    }

    fn say_line(&mut self, now: Moment) {
        let text = Shareable::new(&self.person.help.entry.text());
        match text {
            Ok(text) => {
                let layout = self.person.help.entry.keyboard().layout;
                self.person.help.entry = Entry::new(layout, TEXT_MAX);
                self.person.help.refusal = None;
                self.keep_line(Speaker::Citizen, text.clone());
                self.host.handle(HostEvent::Said(text), now.instant);
            }
            Err(why) => self.person.help.refusal = form::line_refusal(why),
        }
    }

    fn keep_line(&mut self, speaker: Speaker, text: Shareable) {
        let lines = &mut self.person.help.lines;
        lines.push((speaker, text));
        let over = lines.len().saturating_sub(LINES_MAX);
        lines.drain(..over);
    }
}
