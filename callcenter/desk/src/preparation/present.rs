//! What stands on the pane at the present step.

use catalog::{Elsewhere, Question, Service, ServiceOption};
use locator::Holding;
use privacy::{Personal, mask_resident_number};

use super::{
    Preparation, PreparationView,
    finding::SHOWN_MAX,
    step::Step,
    view::{
        Asked, Choice, Counter, Find, Form, Held, Identify, Line, OptionGroup, Reading, Review,
        Sheet, SpokenConsent, Tile,
    },
};
use crate::{Language, Moment, Reach, reach::Standing};

const KOREAN_DIGITS: [&str; 10] = ["공", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];
const ENGLISH_DIGITS: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];

impl Preparation {
    /// `None` while nobody's request is being prepared.
    pub fn present(&self, reach: &Reach, now: Moment) -> Option<PreparationView> {
        Some(match self.step {
            Step::Idle => return None,
            Step::Finding => PreparationView::Find(self.find(reach, now)),
            Step::Explaining => PreparationView::Explain(self.sheet(reach, now)?),
            Step::Identifying => PreparationView::Identify(Identify {
                title: self.title(),
                name: self.draft.name.clone(),
                number: self.draft.number.clone(),
                caller: self.draft.caller,
                refusal: self.draft.identity_refusal,
                known: self.draft.known.clone(),
                knew: self.draft.knew,
            }),
            Step::Filling => PreparationView::Fill(self.form(now)?),
            Step::Consenting => PreparationView::Consent(self.spoken_consent()?),
            Step::Reviewing => PreparationView::Review(self.review(now)?),
            Step::Reading { group } => PreparationView::Read(self.reading(group)?),
        })
    }

    fn title(&self) -> String {
        let service = self.service();
        service.map_or_else(String::new, |it| self.language.of(&it.title))
    }

    fn find(&self, reach: &Reach, now: Moment) -> Find {
        let language = self.language;
        let tile = |service: &&Service| Tile {
            service: service.id.to_string(),
            title: language.of(&service.title),
            summary: language.of(&service.summary),
            fee: self.fee_in_words(service, now),
            standing: reach.standing(&self.catalog, service, now),
            opens_at: self.opens_at(service, reach, now),
        };
        let counter = |it: &Elsewhere| Counter {
            title: language.of(&it.title),
            reason: language.of(&it.reason),
            counter: language.of(&it.counter),
        };
        let held = |it: &Holding| {
            let office = self.locator.office(&it.office);
            Held {
                title: language.of(&it.title),
                description: language.of(&it.description),
                office: office.map_or_else(String::new, |it| language.of(&it.name)),
                telephone: office.map_or_else(String::new, |it| it.telephone.clone()),
                place: office.map_or_else(String::new, |it| language.of(&it.place)),
            }
        };
        let found = self.found();
        let elsewhere = self.catalog.find_elsewhere(&self.draft.query);
        Find {
            tiles: found.iter().take(SHOWN_MAX).map(tile).collect(),
            more: found.len().saturating_sub(SHOWN_MAX),
            meant: self.meant().is_some(),
            topics: self
                .catalog
                .topics()
                .map(|it| language.of(&it.title))
                .collect(),
            counters: elsewhere.into_iter().map(counter).collect(),
            holdings: self.held().into_iter().map(held).collect(),
            query: self.draft.query.clone(),
        }
    }

    fn opens_at(&self, service: &Service, reach: &Reach, now: Moment) -> String {
        let closed = reach.standing(&self.catalog, service, now) == Standing::Closed;
        let access = self.catalog.access(service).filter(|_| closed);
        let opening = access.and_then(|it| it.opening_after(now.wall.local()));
        opening.map_or_else(String::new, |it| it.in_words(self.language.code()))
    }

    fn closed(&self, service: &Service, reach: &Reach, now: Moment) -> String {
        let closed = reach.standing(&self.catalog, service, now) == Standing::Closed;
        let access = self.catalog.access(service).filter(|_| closed);
        let told = access.and_then(|it| it.explanation(now.wall.local(), self.language.code()));
        told.unwrap_or_default()
    }

    fn fee_in_words(&self, service: &Service, now: Moment) -> String {
        let place = &self.place.jurisdiction;
        self.language.fee(&self.catalog, service, place, now.wall)
    }

    fn sheet(&self, reach: &Reach, now: Moment) -> Option<Sheet> {
        let (service, language) = (self.service()?, self.language);
        let network = self.catalog.network(&service.network);
        let standing = reach.standing(&self.catalog, service, now);
        let since = match standing {
            Standing::Open | Standing::Closed => None,
            Standing::NetworkAway { since } | Standing::ExchangeAway { since } => since,
        };
        let fee = self.fee_today(now);
        Some(Sheet {
            title: self.title(),
            summary: language.of(&service.summary),
            fee: self.fee_in_words(service, now),
            fee_basis: fee.map_or_else(String::new, |it| it.legal_basis),
            agency: network.map_or_else(String::new, |it| language.of(&it.agency)),
            hours: network.map_or_else(String::new, |it| {
                service.open_hours(it).in_words(language.code())
            }),
            needs_card: self.needs_identity(),
            standing,
            closed: self.closed(service, reach, now),
            since: since.map_or_else(String::new, |at| language.clock_time(at, now.wall)),
            stale: reach.is_stale(service, now.instant),
            questions: service
                .questions
                .iter()
                .map(|it| language.of(&it.label))
                .chain(service.options.iter().map(|it| language.of(&it.label)))
                .collect(),
            copies_max: service.copies_max,
        })
    }

    fn form(&self, now: Moment) -> Option<Form> {
        let service = self.service()?;
        let unit = self.fee_today(now).map_or(0, |fee| fee.unit_won);
        Some(Form {
            title: self.title(),
            questions: service.questions.iter().map(|it| self.asked(it)).collect(),
            groups: service.options.iter().map(|it| self.group(it)).collect(),
            copies: self.draft.copies,
            copies_max: service.copies_max,
            fee: self.language.price(unit.saturating_mul(self.draft.copies)),
        })
    }

    fn asked(&self, question: &Question) -> Asked {
        let language = self.language;
        Asked {
            id: question.id.clone(),
            label: language.of(&question.label),
            hint: language.of(&question.hint),
            typed: self
                .draft
                .typed
                .get(&question.id)
                .cloned()
                .unwrap_or_default(),
            answer: self.answer_in_words(question),
            suggestions: self
                .suggestions(question)
                .into_iter()
                .map(|code| code.in_language(language.code()).to_owned())
                .collect(),
            refusal: self.draft.refusals.get(&question.id).copied(),
        }
    }

    fn answer_in_words(&self, question: &Question) -> Option<Personal<String>> {
        let answer = self.draft.answers.get(&question.id)?;
        let language = self.language.code();
        let words = self
            .catalog
            .answer_in_words(question, answer.reveal(), language);
        Some(Personal::new(words))
    }

    fn group(&self, option: &ServiceOption) -> OptionGroup {
        let language = self.language;
        let chosen = self.draft.options.get(&option.id);
        let choice = |choice: &catalog::Choice| Choice {
            id: choice.id.clone(),
            label: language.of(&choice.label),
            explanation: language.of(&choice.explanation),
            chosen: chosen == Some(&choice.id),
        };
        OptionGroup {
            option: option.id.clone(),
            label: language.of(&option.label),
            choices: option.choices.iter().map(choice).collect(),
        }
    }

    fn spoken_consent(&self) -> Option<SpokenConsent> {
        let asked = self.service()?.consent.as_ref()?;
        let words = self.consent_in_words()?;
        Some(SpokenConsent {
            title: self.title(),
            agency: words.agency,
            purpose: words.purpose,
            fields: words.fields,
            retention: self.language.of(&asked.retention),
        })
    }

    fn review(&self, now: Moment) -> Option<Review> {
        let (service, language) = (self.service()?, self.language);
        let mut lines = Vec::new();
        let mut line = |label: String, value: Personal<String>| lines.push(Line { label, value });
        if let Some(applicant) = self.draft.request.as_ref()?.applicant.as_ref() {
            let digits = applicant.resident_number.digits().reveal();
            let number = Personal::new(mask_resident_number(digits));
            line(language.say("신청인", "Applicant"), applicant.name.clone());
            line(language.say("주민등록번호", "Resident number"), number);
        }
        for question in &service.questions {
            let answer = self.answer_in_words(question).unwrap_or_default();
            line(language.of(&question.label), answer);
        }
        for option in &service.options {
            let chosen = self.draft.options.get(&option.id);
            let choice = option.choices.iter().find(|it| Some(&it.id) == chosen);
            let value = choice.map_or_else(String::new, |it| language.of(&it.label));
            line(language.of(&option.label), Personal::new(value));
        }
        let copies = Personal::new(language.copies(self.draft.copies));
        line(language.say("부수", "Copies"), copies);
        let unit = self.fee_today(now).map_or(0, |fee| fee.unit_won);
        Some(Review {
            title: self.title(),
            lines,
            fee: language.price(unit.saturating_mul(self.draft.copies)),
            messaging: self.messaging(),
        })
    }

    fn reading(&self, group: usize) -> Option<Reading> {
        let request = self.draft.request.as_ref()?;
        let (groups, spoken) = read_aloud(&self.draft.code.as_ref()?.to_string(), self.language);
        Some(Reading {
            title: self.title(),
            groups,
            spoken,
            group,
            needs_card: self.needs_identity(),
            copies: request.copies,
            fee: self.language.price(request.total_won()),
            messaged: self.messaged(),
            sent: false,
        })
    }
}

/// A code's groups, and how each is said.
pub(crate) fn read_aloud(
    code: &str,
    language: Language,
) -> (Vec<Personal<String>>, Vec<Personal<String>>) {
    let words = match language {
        Language::Korean => KOREAN_DIGITS,
        Language::English => ENGLISH_DIGITS,
    };
    let said = |group: &str| {
        let digits = group.chars().filter_map(|it| it.to_digit(10));
        let said: Vec<&str> = digits
            .filter_map(|it| words.get(it as usize).copied())
            .collect();
        Personal::new(said.join(" "))
    };
    let groups = || code.split(' ');
    (
        groups().map(|it| Personal::new(it.to_owned())).collect(),
        groups().map(said).collect(),
    )
}
