//! Which screen shows the present step, and what stands on it.

use catalog::{Service, day_in_words};
use privacy::mask_resident_number;
use request::{IdentityLevel, Timestamp};
use sheet::won;

use super::{
    CatalogLanguage, Moment, Visit,
    identifying::TRIES,
    phrase::{self, Phrase},
    step::Step,
    view::{
        Choice, Consent, NumberEntry, NumberProof, OptionGroup, Options, Question, QuestionKind,
        ReviewLine, ReviewTarget, Screen, ServiceSheet, View, Welcome,
    },
};

mod board;
mod ending;
mod finding;
mod locating;
mod nearby;

impl Visit {
    pub(super) fn present(&self, now: Moment) -> View {
        let title = self
            .service()
            .map(|it| &it.title)
            .or_else(|| self.petition().map(|it| &it.title))
            .map(|it| it.in_language(self.language()).to_owned());
        View {
            screen: self.screen(now),
            language: self.person.language,
            title: title.filter(|_| {
                !matches!(self.step, Step::Resting | Step::Finding) && !self.is_about_all()
            }),
            progress: self.progress(),
            leaving_in: self.idle.leaving_in(now.instant),
            accessibility: self.person.accessibility,
            office: self.site.office.in_language(self.language()).to_owned(),
            telephone: self.site.telephone.clone(),
            helping: self.person.helping,
            choosing_language: self.person.choosing_language,
            help: self.help(),
            check_offered: self.check_offered(),
            basket: self.basket_view(now),
            nearby: self.nearby(now),
        }
    }

    fn screen(&self, now: Moment) -> Screen {
        match self.step {
            Step::Resting => match self.fittings.out_of_service() {
                Some(trouble) => Screen::OutOfService(trouble),
                None => Screen::Welcome(self.welcome(now)),
            },
            Step::Finding => self.finding_screen(now),
            Step::Explaining => match (self.service(), self.petition()) {
                (Some(service), _) => Screen::Service(self.sheet(service, now)),
                (None, Some(service)) => Screen::Service(self.petition_sheet(service, now)),
                (None, None) => self.finding_screen(now),
            },
            Step::Standing => Screen::Standing(self.standing_view()),
            Step::Rating => self.rating_screen(),
            Step::Appealing { refusal } => self.appeal_screen(refusal),
            Step::TypingCode { refusal } => Screen::TicketCode(self.code_entry(refusal)),
            Step::HoldingPaper { unreadable } => Screen::HoldPaper(self.paper_holding(unreadable)),
            Step::TypingPaperNumber { refusal } => Screen::PaperNumber(self.paper_number(refusal)),
            Step::TellingOfPaper => Screen::PaperTold(self.paper_told(now)),
            Step::OfferingTicket => Screen::Ticket(self.ticket_offer()),
            Step::Accepted { printed } => Screen::Accepted(self.acceptance(printed)),
            Step::TypingTelephone { refused, .. } => {
                Screen::Telephone(self.telephone_entry(refused))
            }
            Step::InsertingCard(state) => Screen::InsertCard(state),
            Step::TypingNumber => Screen::ResidentNumber(NumberEntry {
                shown: mask_resident_number(self.person.digits.reveal()),
                digits: u32::try_from(self.person.digits.reveal().len()).unwrap_or(0),
                refusal: self.person.number_refusal,
                proof: NumberProof::Card {
                    tries_left: TRIES.saturating_sub(self.person.wrong_numbers),
                },
            }),
            Step::Checking(check) => self.checking_screen(check),
            Step::Asking { question, refusal } => self.question(question, refusal),
            Step::Choosing => Screen::Options(self.options(now)),
            Step::Consenting => Screen::Consent(self.consent()),
            _ if self.shows_items() => Screen::Basket(self.basket_sheet()),
            Step::Reviewing | Step::OfferingRest | Step::TellingOutcome => {
                Screen::Review(self.review(now))
            }
            Step::Recovering
            | Step::LookingUp
            | Step::LookingUpPaper
            | Step::Preparing
            | Step::Making
            | Step::PrintingTicket
            | Step::Fetching
            | Step::Printing
            | Step::Replacing
            | Step::Settling(_)
            | Step::PrintingReceipt => Screen::Working(self.work()),
            Step::Paying => self.pay_screen(),
            Step::Doubting | Step::OfferingReplacement => {
                Screen::PaperQuestion(self.paper_question())
            }
            Step::TakingPaper { reminded } => Screen::TakePaper(self.papers(reminded)),
            Step::OfferingReceipt => Screen::Receipt,
            Step::TakingCard => Screen::TakeCard,
            Step::Parting(farewell) => Screen::Farewell(farewell),
            Step::Failing => Screen::Failed(self.failed(now)),
        }
    }

    /// What is on the screen alone, in the citizen's language.
    pub(super) fn tell(&self, phrase: &Phrase) -> String {
        phrase.in_language(self.person.language).to_owned()
    }

    /// What is also on paper, in the language of the paper.
    pub(super) fn say(&self, ko: &str, en: &str) -> String {
        match self.person.language.of_catalog() {
            CatalogLanguage::Korean => ko.to_owned(),
            CatalogLanguage::English => en.to_owned(),
        }
    }

    fn welcome(&self, now: Moment) -> Welcome {
        let language = self.language();
        let mut troubles = Vec::new();
        troubles.extend(self.fittings.exchange_trouble());
        troubles.extend(self.fittings.printer_trouble());
        troubles.extend(self.fittings.card_trouble());
        if self.site.cash {
            troubles.extend(self.fittings.cash_trouble());
        }
        if self.site.card_terminal {
            troubles.extend(self.card_payment_trouble());
        }
        Welcome {
            office: self.site.office.in_language(language).to_owned(),
            opening_hours: self.site.hours.in_words(language),
            topics: self.topics(),
            services: u32::try_from(self.catalog.services().count()).unwrap_or(u32::MAX),
            troubles,
            notices: self.fittings.notices(language, now),
            last_contact: self
                .fittings
                .exchange_silent_since()
                .map(|at| self.clock_time(at, now)),
        }
    }

    /// `09:12`, with the day in front when it was another one.
    pub(super) fn clock_time(&self, at: Timestamp, now: Moment) -> String {
        let (then, today) = (at.local(), now.wall.local());
        let (hour, minute) = (then.minute_of_day / 60, then.minute_of_day % 60);
        let time = format!("{hour:02}:{minute:02}");
        if then.to_string() == today.to_string() {
            return time;
        }
        let day = self.say(
            &format!("{}월 {}일", then.month, then.day),
            &format!("{then}"),
        );
        format!("{day} {time}")
    }

    /// A day as people say it.
    pub(super) fn day(&self, day: &str) -> String {
        day_in_words(day, self.language()).unwrap_or_else(|| day.to_owned())
    }

    pub(super) fn price(&self, amount_won: u32) -> String {
        match amount_won {
            0 => self.tell(&phrase::FREE),
            amount => phrase::WON.with(won(amount).trim_end_matches('원'), self.person.language),
        }
    }

    fn sheet(&self, service: &Service, now: Moment) -> ServiceSheet {
        let language = self.language();
        let network = self.catalog.network(&service.network);
        ServiceSheet {
            summary: service.summary.in_language(language).to_owned(),
            fee: self.fee_in_words(service, now),
            fee_basis: self
                .fee_today(service, now)
                .map_or_else(String::new, |it| it.legal_basis),
            hours: network.map_or_else(String::new, |it| service.open_hours(it).in_words(language)),
            agency: network
                .map_or_else(String::new, |it| it.agency.in_language(language).to_owned()),
            needs_card: service.identity > IdentityLevel::None,
            unavailable: self.unavailable(service, now),
            closed: self.closed(service, now),
            queues: self.queues(service, now),
            records_at: self.records_at(service, now),
            last_contact: self
                .fittings
                .last_contact(&service.network)
                .map_or_else(String::new, |at| self.clock_time(at, now)),
        }
    }

    fn question(&self, index: usize, refusal: Option<super::view::AnswerRefusal>) -> Screen {
        let (language, petition) = (self.language(), self.petition());
        let of_petition = petition.and_then(|it| it.questions.get(index));
        let of_service = self.service().and_then(|it| it.questions.get(index));
        let asked = of_petition
            .map(|it| (&it.label, &it.hint, it.limit))
            .or(of_service.map(|it| (&it.label, &it.hint, it.limit)));
        let words = |text: &catalog::Bilingual| text.in_language(language).to_owned();
        Screen::Question(Question {
            label: asked.map_or_else(String::new, |it| words(it.0)),
            hint: asked.map_or_else(String::new, |it| words(it.1)),
            kind: QuestionKind::Text,
            text: self.person.entry.finished().to_owned(),
            composing: self.person.entry.composing(),
            limit: asked.map_or(0, |it| it.2),
            many_lines: petition.is_some(),
            suggestions: self
                .suggestions(index)
                .into_iter()
                .map(|code| code.in_language(language).to_owned())
                .collect(),
            choices: Vec::new(),
            refusal,
            keyboard: self.person.entry.keyboard(),
        })
    }

    fn options(&self, now: Moment) -> Options {
        let (language, service) = (self.language(), self.service());
        let group = |option: &catalog::ServiceOption| OptionGroup {
            option: option.id.clone(),
            label: option.label.in_language(language).to_owned(),
            choices: option
                .choices
                .iter()
                .map(|choice| Choice {
                    id: choice.id.clone(),
                    label: choice.label.in_language(language).to_owned(),
                    explanation: choice.explanation.in_language(language).to_owned(),
                    chosen: self.person.options.get(&option.id) == Some(&choice.id),
                })
                .collect(),
        };
        let unit = service
            .and_then(|it| self.fee_today(it, now))
            .map_or(0, |fee| fee.unit_won);
        let recipient = |it: &catalog::Recipient| Choice {
            id: it.id.clone(),
            label: it.label.in_language(language).to_owned(),
            explanation: String::new(),
            chosen: self.person.recipient.as_ref() == Some(&it.id),
        };
        Options {
            recipients: service
                .map_or_else(Vec::new, |it| it.recipients.iter().map(recipient).collect()),
            groups: service.map_or_else(Vec::new, |it| it.options.iter().map(group).collect()),
            copies: self.person.copies,
            copies_max: self.copies_max(now),
            fee: self.price(unit * self.person.copies),
        }
    }

    fn consent(&self) -> Consent {
        let (language, service) = (self.language(), self.service());
        let asked = service.and_then(|it| it.consent.as_ref());
        let agency = service.and_then(|it| self.catalog.network(&it.network));
        let words = |text: &catalog::Bilingual| text.in_language(language).to_owned();
        Consent {
            agency: agency.map_or_else(String::new, |it| words(&it.agency)),
            purpose: asked.map_or_else(String::new, |it| words(&it.purpose)),
            fields: asked.map_or_else(Vec::new, |it| it.fields.iter().map(words).collect()),
            retention: asked.map_or_else(String::new, |it| words(&it.retention)),
        }
    }

    fn review(&self, now: Moment) -> Vec<ReviewLine> {
        let language = self.language();
        let line = |label: String, value: String, leads_to| ReviewLine {
            label,
            value,
            leads_to,
        };
        let Some(service) = self.service() else {
            let petition = self.petition();
            return petition.map_or_else(Vec::new, |it| self.petition_review(it));
        };
        let mut lines = Vec::new();
        if let Some(applicant) = &self.person.applicant {
            let name = applicant.name.reveal().clone();
            lines.push(line(self.tell(&phrase::APPLICANT), name, None));
        }
        for question in &service.questions {
            let answer = self.person.answers.get(&question.id);
            let answer = answer.map_or("", |it| it.reveal().as_str());
            let value = self.catalog.answer_in_words(question, answer, language);
            let label = question.label.in_language(language).to_owned();
            lines.push(line(label, value, Some(ReviewTarget::Form)));
        }
        for option in &service.options {
            let chosen = self.person.options.get(&option.id);
            let choice = option.choices.iter().find(|it| Some(&it.id) == chosen);
            let value = choice
                .map_or("", |it| it.label.in_language(language))
                .to_owned();
            let label = option.label.in_language(language).to_owned();
            lines.push(line(label, value, Some(ReviewTarget::Options)));
        }
        let copies = self.person.copies;
        let value = phrase::SO_MANY_COPIES.with(&copies.to_string(), self.person.language);
        lines.push(line(
            self.tell(&phrase::COPIES),
            value,
            Some(ReviewTarget::Options),
        ));
        let unit = self.fee_today(service, now).map_or(0, |fee| fee.unit_won);
        let fee = self.price(unit * copies);
        lines.push(line(self.tell(&phrase::FEE), fee, None));
        lines
    }
}
