//! What an agent can do at the desk, named by what is meant.

use privacy::Personal;

use super::{Moment, Workplace};
use crate::{
    attention::{AttentionEvent, AttentionTouch, Ground, Verdict},
    checks::ChecksTouch,
    helping::{HelpingEvent, HelpingTouch},
    knowledge::KnowledgeTouch,
    petitions::PetitionsTouch,
    postings::PostingsTouch,
    preparation::{Caller, Field, PreparationTouch, PreparationView},
    reviews::ReviewsTouch,
    sending::SendingTouch,
    shift::{BreakReason, ShiftEvent},
    telephone::MonitorMode,
    worklist::{Doing, WorklistEvent, WorklistTouch},
};

use super::view::Notice;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    Worklist,
    Preparation,
    Attention,
    /// Whom a call can be given to.
    Directory,
    /// The supervisors'.
    Board,
    /// Kiosks that wait for an agent.
    Helping,
    /// Letters that wait for an answer.
    Petitions,
    /// Articles that help on a call.
    Knowledge,
    /// What citizens wrote for the bulletin board; the moderators'.
    Postings,
    /// Documents that citizens want agencies to have.
    Sending,
    /// Microphone and loudspeaker.
    Sound,
    /// Citizens without a card, whom two persons identify.
    Checks,
    /// Talks that are judged.
    Reviews,
    /// How the call ended that is wrapped up.
    Disposition,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKey {
    Answer,
    Hold,
    Mute,
    /// Pauses the recording, or goes on with it.
    Record,
    /// Asks somebody first.
    Consult,
    /// Back to the caller.
    Reconnect,
    /// To whoever was asked.
    GiveOver,
    Conference,
    /// Without asking.
    Transfer,
    HangUp,
    /// Of a supervisor.
    Help,
}

/// A line that is typed into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Agent,
    Passphrase,
    /// Who is looked for in the directory.
    Recipient,
    Form(Field),
    /// Words to a citizen at a kiosk, or a value for a field.
    Help,
    /// The answer to a letter.
    Reply,
    /// To which office a letter is handed over.
    Office,
    /// Why something is done with a letter.
    Reason,
    /// What is sought in the knowledge base, and what is said of an article.
    Knowledge,
    Feedback,
    /// Why a posting is refused.
    Posting,
    /// The number of a document, to which agency it is to go, and what for.
    DocumentNumber,
    Agency,
    Purpose,
    /// What a citizen answers whose identity is checked.
    CheckAnswer,
    /// What is written about a talk, or answered to it.
    Review,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    Type {
        line: Line,
        text: Personal<String>,
    },
    Open(Pane),
    Ready,
    Break(BreakReason),
    SignOut,
    Call(CallKey),
    /// The one primary action of the pane.
    Next,
    Back,
    Abandon,
    Up,
    Down,
    /// The n-th of what the pane offers, from zero.
    Pick(usize),
    MoreCopies,
    FewerCopies,
    Consented,
    ReadAgain,
    CheckNow,
    Release,
    Settle(Verdict),
    /// A supervisor takes part in the chosen agent's talk.
    Monitor(MonitorMode),
    StopMonitoring,
    /// A row that was touched.
    SelectRow(usize),
    /// Points at the chosen field of a kiosk's form.
    Point,
    /// Proposes what is typed for it.
    Propose,
    /// Sends what is typed.
    Send,
    /// One more question in a check.
    AskMore,
    LargerText,
    Contrast,
    ChangeLanguage,
}

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what is left is the pane's own"
    )]
    pub(super) fn touched(&mut self, touch: Touch, now: Moment) {
        match touch {
            Touch::Type { line, text } => self.typed(line, text, now),
            Touch::LargerText => self.large_text = !self.large_text,
            Touch::Contrast => self.high_contrast = !self.high_contrast,
            Touch::ChangeLanguage => {
                self.language = self.language.other();
                self.preparation.speak(self.language);
            }
            Touch::Call(key) => self.call(key, now),
            touch if self.shift.agent().is_none() => {
                if touch == Touch::Next {
                    self.sign_in(now);
                }
            }
            Touch::Ready | Touch::Break(_) | Touch::SignOut if self.asks_how_it_ended(now) => {}
            Touch::Ready => self.shift_to(ShiftEvent::Ready, now),
            Touch::Break(reason) => self.shift_to(ShiftEvent::Break(reason), now),
            Touch::SignOut => self.sign_out(now),
            Touch::Open(pane) => self.open_pane(pane, now),
            Touch::Monitor(mode) => self.monitor(mode),
            Touch::StopMonitoring => self.stop_monitoring(),
            touch => match self.pane {
                Pane::Preparation => self.preparing(&touch, now),
                Pane::Worklist => self.listing(&touch, now),
                Pane::Attention => self.attending(&touch, now),
                Pane::Directory => self.looking_up(&touch),
                Pane::Board => self.supervising(&touch),
                Pane::Helping => self.helping_at_kiosk(&touch, now),
                Pane::Petitions => self.answering(&touch, now),
                Pane::Knowledge => self.looking_into(&touch),
                Pane::Postings => self.moderating(&touch),
                Pane::Sending => self.sending_document(&touch, now),
                Pane::Sound => self.sounding(&touch, now),
                Pane::Checks => self.checking(&touch, now),
                Pane::Reviews => self.reviewing(&touch),
                Pane::Disposition => self.disposing(&touch),
            },
        }
    }

    fn typed(&mut self, line: Line, text: Personal<String>, now: Moment) {
        match line {
            Line::Agent => {
                self.agent_typed = text.reveal().clone();
                self.agent_refused = false;
            }
            Line::Passphrase => self.passphrase_typed = text,
            Line::Recipient => self.directory.look_for(&text),
            Line::Help => self.help(HelpingTouch::Type(text), now),
            Line::Reply => self.answer(PetitionsTouch::Type(text), now),
            Line::Office => self.answer(PetitionsTouch::Seek(text), now),
            Line::Reason => self.answer(PetitionsTouch::Reason(text), now),
            Line::Knowledge => self.look_into(KnowledgeTouch::Seek(text)),
            Line::Feedback => self.look_into(KnowledgeTouch::Sentence(text)),
            Line::Posting => self.moderate(PostingsTouch::Reason(text)),
            Line::DocumentNumber => self.send_document(SendingTouch::Number(text), now),
            Line::Agency => self.send_document(SendingTouch::Agency(text), now),
            Line::Purpose => self.send_document(SendingTouch::Purpose(text), now),
            Line::CheckAnswer => self.check(ChecksTouch::Type(text), now),
            Line::Review => self.review(ReviewsTouch::Type(text)),
            Line::Form(field) => self.prepare(PreparationTouch::Type { field, text }, now),
        }
    }

    pub(super) fn shift_to(&mut self, event: ShiftEvent, now: Moment) {
        if self.shift.handle(event, now.instant).is_err() {
            self.notice = Some(Notice::Unfinished);
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    fn preparing(&mut self, touch: &Touch, now: Moment) {
        let meant = match touch {
            Touch::Next => PreparationTouch::Next,
            Touch::Back => PreparationTouch::Back,
            Touch::Abandon => PreparationTouch::Abandon,
            Touch::MoreCopies => PreparationTouch::MoreCopies,
            Touch::FewerCopies => PreparationTouch::FewerCopies,
            Touch::Consented => PreparationTouch::Consented,
            Touch::ReadAgain => PreparationTouch::ReadAgain,
            Touch::Pick(index) => match self.picked(*index, now) {
                Some(meant) => meant,
                None => return,
            },
            _ => return,
        };
        self.prepare(meant, now);
        if !self.preparation.is_open() {
            self.pane = Pane::Worklist;
        }
    }

    /// What the n-th thing on the pane is.
    fn picked(&self, index: usize, now: Moment) -> Option<PreparationTouch> {
        match self.preparation.present(&self.reach, now)? {
            PreparationView::Find(find) => {
                let tile = find.tiles.get(index)?;
                let service = request::ServiceId::new(tile.service.as_str());
                Some(PreparationTouch::Choose(service))
            }
            PreparationView::Identify(_) => Some(match index {
                0 => PreparationTouch::Caller(Caller::Stated),
                1 => PreparationTouch::Caller(Caller::Checked),
                index => PreparationTouch::Knew {
                    question: index - 2,
                },
            }),
            PreparationView::Fill(form) => {
                let suggestion = |asked: &crate::preparation::view::Asked| {
                    let question = asked.id.clone();
                    let each = 0..asked.suggestions.len();
                    each.map(move |index| PreparationTouch::PickSuggestion {
                        question: question.clone(),
                        index,
                    })
                    .collect::<Vec<_>>()
                };
                let option = |group: &crate::preparation::view::OptionGroup| {
                    let option = group.option.clone();
                    let choices = group.choices.iter().map(|choice| choice.id.clone());
                    choices
                        .map(|choice| PreparationTouch::PickOption {
                            option: option.clone(),
                            choice,
                        })
                        .collect::<Vec<_>>()
                };
                let suggestions = form.questions.iter().flat_map(suggestion);
                suggestions
                    .chain(form.groups.iter().flat_map(option))
                    .nth(index)
            }
            PreparationView::Review(_) => (index == 0).then_some(PreparationTouch::MessageToCaller),
            PreparationView::Explain(_)
            | PreparationView::Consent(_)
            | PreparationView::Read(_) => None,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    fn listing(&mut self, touch: &Touch, now: Moment) {
        let meant = match touch {
            Touch::Up => WorklistTouch::Up,
            Touch::Down => WorklistTouch::Down,
            Touch::ReadAgain => WorklistTouch::ReadAgain,
            Touch::CheckNow => WorklistTouch::CheckNow,
            Touch::Next => WorklistTouch::Next,
            Touch::Back => WorklistTouch::Back,
            Touch::Pick(index) => match self.worklist.doing() {
                Doing::Nothing => WorklistTouch::Select { row: *index },
                Doing::Checking { .. } => WorklistTouch::Knew { question: *index },
                Doing::Reading { .. } => return,
            },
            _ => return,
        };
        self.worklist
            .handle(WorklistEvent::Touched(meant), now.instant);
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    fn attending(&mut self, touch: &Touch, now: Moment) {
        let meant = match touch {
            Touch::Up => AttentionTouch::Up,
            Touch::Down => AttentionTouch::Down,
            Touch::Release => AttentionTouch::Release,
            Touch::Settle(verdict) => AttentionTouch::Settle(*verdict),
            Touch::CheckNow => AttentionTouch::CheckNow,
            Touch::Next => AttentionTouch::Confirm,
            Touch::Back => AttentionTouch::Back,
            Touch::Pick(index) => match self.attention.deciding() {
                None => AttentionTouch::Select { row: *index },
                Some(_) => match Ground::ALL.get(*index) {
                    Some(ground) => AttentionTouch::Ground(*ground),
                    None => return,
                },
            },
            _ => return,
        };
        self.attention
            .handle(AttentionEvent::Touched(meant), now.instant);
    }

    fn help(&mut self, touch: HelpingTouch, now: Moment) {
        let event = HelpingEvent::Touched(touch);
        self.helping.handle(event, now.instant);
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    fn helping_at_kiosk(&mut self, touch: &Touch, now: Moment) {
        let meant = match touch {
            Touch::Up => HelpingTouch::Up,
            Touch::Down => HelpingTouch::Down,
            Touch::SelectRow(row) => HelpingTouch::Select(*row),
            Touch::Pick(choice) => HelpingTouch::PickChoice(*choice),
            Touch::Next => HelpingTouch::Next,
            Touch::Point => HelpingTouch::Point,
            Touch::Propose => HelpingTouch::Propose,
            Touch::Back => HelpingTouch::TakeBack,
            Touch::Abandon => HelpingTouch::End,
            _ => return,
        };
        self.help(meant, now);
    }
}
