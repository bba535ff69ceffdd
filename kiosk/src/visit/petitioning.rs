//! A petition is filed: the citizen's own words, a receipt number, and an office that
//! goes on. It needs no network: what was received here reaches the exchange in time.

use catalog::AcceptedService;
use request::{Action, Channel, IdentityLevel};

use super::{
    Language, Moment, Touch, Visit, phrase,
    step::Step,
    view::{
        AnswerRefusal, FailureReason, ReviewLine, ReviewTarget, ServiceSheet, ServiceTile, Trouble,
    },
};

impl Visit {
    /// The service that is asked for, when a person answers it.
    pub(super) fn petition(&self) -> Option<&AcceptedService> {
        let id = self.person.service.as_ref()?;
        let service = self.catalog.accepted_service(id)?;
        service.comes_by(Channel::Kiosk).then_some(service)
    }

    pub(super) fn petition_unavailable(
        &self,
        service: &AcceptedService,
        now: Moment,
    ) -> Option<Trouble> {
        let doors = self.catalog.doors(&self.site.hours);
        if !doors.is_open_at(now.wall.local()) {
            return Some(Trouble::OutsideHours);
        }
        match service.identity {
            IdentityLevel::None => None,
            IdentityLevel::Number | IdentityLevel::Strong => self.fittings.card_trouble(),
        }
    }

    pub(super) fn begin_petition(&mut self, now: Moment) {
        let Some(service) = self.petition() else {
            return;
        };
        if self.person.opening || self.petition_unavailable(service, now).is_some() {
            return;
        }
        let (id, version, terms) = (service.id.clone(), service.version, service.terms());
        self.open(id, version, terms);
    }

    /// Takes the words for a question of a petition; goes on to the next.
    pub(super) fn answer_in_words(&mut self, question: usize) {
        let Some(service) = self.petition() else {
            return;
        };
        let (Some(asked), count) = (service.questions.get(question), service.questions.len())
        else {
            return;
        };
        let text = self.person.entry.text();
        let refusal = match text.trim() {
            "" => Some(AnswerRefusal::Missing),
            text if !asked.accepts(text) => Some(AnswerRefusal::TooLong),
            _ => None,
        };
        if refusal.is_some() {
            self.enter(Step::Asking { question, refusal });
            return;
        }
        let (id, answer) = (asked.id.clone(), text.trim().to_owned());
        self.note_answer(id, answer);
        if question + 1 < count {
            self.ask(question + 1);
        } else {
            self.enter(Step::Reviewing);
        }
    }

    pub(super) fn reviewing_petition(&mut self, touch: &Touch, now: Moment) {
        let last = self.petition().map_or(0, |it| it.questions.len());
        match touch {
            Touch::Change(_) => self.ask(0),
            Touch::Back => self.ask(last.saturating_sub(1)),
            Touch::Next => self.file(now),
            _ => {}
        }
    }

    /// Files it, and gives it the number its citizen asks for it by.
    fn file(&mut self, now: Moment) {
        let Some(request) = &self.person.request else {
            return;
        };
        let code = self.tickets.receipt_code(request.id.as_str());
        let receipt = code.digits();
        if !self.act(Action::Receive { receipt }) || !self.act(Action::Submit) {
            self.fail(FailureReason::Bug, now);
            return;
        }
        self.give_ticket(code, now);
    }

    pub(super) fn petition_sheet(&self, service: &AcceptedService, now: Moment) -> ServiceSheet {
        let language = self.language();
        let words = |text: &catalog::Bilingual| text.in_language(language).to_owned();
        ServiceSheet {
            summary: words(&service.summary),
            fee: self.tell(&phrase::FREE),
            fee_basis: words(&service.legal_basis),
            hours: self.answered_within(service),
            agency: words(&service.office),
            needs_card: service.identity > IdentityLevel::None,
            unavailable: self.petition_unavailable(service, now),
            closed: String::new(),
            queues: false,
            records_at: String::new(),
            last_contact: String::new(),
        }
    }

    /// How long the answer takes at the most.
    pub(super) fn answered_within(&self, service: &AcceptedService) -> String {
        answered_within(service, self.person.language)
    }

    /// The same on paper.
    pub(super) fn term_on_paper(&self, service: &AcceptedService) -> String {
        answered_within(service, self.person.language.of_catalog().into())
    }

    pub(super) fn petition_tile(&self, service: &AcceptedService, now: Moment) -> ServiceTile {
        let language = self.language();
        ServiceTile {
            service: service.id.to_string(),
            title: service.title.in_language(language).to_owned(),
            summary: service.summary.in_language(language).to_owned(),
            fee: self.tell(&phrase::FREE),
            unavailable: self.petition_unavailable(service, now),
            opens_at: String::new(),
            queues: false,
            records_at: String::new(),
        }
    }

    pub(super) fn petition_review(&self, service: &AcceptedService) -> Vec<ReviewLine> {
        let language = self.language();
        let applicant = self.person.applicant.as_ref().map(|it| ReviewLine {
            label: self.tell(&phrase::APPLICANT),
            value: it.name.reveal().clone(),
            leads_to: None,
        });
        let answers = service.questions.iter().map(|question| {
            let answer = self.person.answers.get(&question.id);
            ReviewLine {
                label: question.label.in_language(language).to_owned(),
                value: answer.map_or_else(String::new, |it| it.reveal().clone()),
                leads_to: Some(ReviewTarget::Form),
            }
        });
        applicant.into_iter().chain(answers).collect()
    }
}

fn answered_within(service: &AcceptedService, language: Language) -> String {
    phrase::ANSWERED_WITHIN.with(&service.answer_within_days.to_string(), language)
}
