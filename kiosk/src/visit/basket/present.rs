//! The basket as the screens show it.

use request::{PaperState, ServiceId, ServiceRequest};

use super::{Course, Item};
use crate::visit::{
    Moment, Visit,
    finding::Looking,
    phrase,
    step::Step,
    view::{Basket, BasketItem, BasketSheet, BasketStage, FailureReason},
};

impl Visit {
    pub(in crate::visit) fn basket_view(&self, now: Moment) -> Basket {
        let finding = self.step == Step::Finding
            && matches!(
                self.person.looking,
                Looking::Around | Looking::Below(_) | Looking::ByName
            );
        let kept = self.person.basket.kept.len();
        let count = if finding { kept } else { 0 };
        let sum = (count > 0 || self.shows_items()).then(|| self.price(self.sum_won()));
        Basket {
            count: number(count),
            sum: sum.unwrap_or_default(),
            may_add: self.may_add(now),
            under_way: self.item_under_way(),
        }
    }

    /// Whether the screen is about all of them.
    pub(in crate::visit) fn shows_items(&self) -> bool {
        match self.step {
            Step::Reviewing => !self.is_alone(),
            Step::OfferingRest | Step::TellingOutcome => true,
            _ => false,
        }
    }

    /// Whether the screen is about no single one of them.
    pub(in crate::visit) fn is_about_all(&self) -> bool {
        let all = matches!(
            self.step,
            Step::Paying | Step::TakingPaper { .. } | Step::OfferingReceipt | Step::PrintingReceipt
        );
        self.shows_items() || (all && !self.is_alone())
    }

    /// Counted among those that are prepared, or printed.
    fn item_under_way(&self) -> Option<(u32, u32)> {
        let printing = match self.person.basket.course {
            Course::Preparing => false,
            Course::Printing => true,
            Course::Filling | Course::Paying | Course::Ended => return None,
        };
        let counts = |it: &ServiceRequest| !printing || !it.paper.documents.is_empty();
        if self.is_alone() || self.shows_items() {
            return None;
        }
        let of = self.requests().filter(|it| counts(it)).count();
        let begun = |it: &ServiceRequest| {
            let mut documents = it.paper.documents.iter();
            documents.any(|(_, it)| *it != PaperState::Ready)
        };
        let at = match printing {
            false => self.person.basket.place + 1,
            true => self.requests().filter(|it| begun(it)).count().max(1),
        };
        (of > 1).then(|| (number(at), number(of)))
    }

    pub(in crate::visit) fn basket_sheet(&self) -> BasketSheet {
        let basket = &self.person.basket;
        let stage = match self.step {
            Step::OfferingRest => BasketStage::Rest,
            Step::TellingOutcome if basket.broken => BasketStage::Outcome,
            Step::TellingOutcome => BasketStage::None,
            _ => BasketStage::Review,
        };
        let place = basket.place.min(basket.kept.len());
        let kept = |it: &Item| self.basket_item(it.service.as_ref(), &it.request, it.failure);
        let person = &self.person;
        let present = person.request.as_ref();
        let present =
            present.map(|it| self.basket_item(person.service.as_ref(), it, person.failure));
        let before = basket.kept[..place].iter().map(kept);
        let after = basket.kept[place..].iter().map(kept);
        BasketSheet {
            stage,
            items: before.chain(present).chain(after).collect(),
            money: self.money_outcome(),
        }
    }

    fn basket_item(
        &self,
        service: Option<&ServiceId>,
        request: &ServiceRequest,
        failure: Option<FailureReason>,
    ) -> BasketItem {
        let language = self.language();
        let service = service.and_then(|it| self.catalog.service(it));
        let copies = phrase::SO_MANY_COPIES.with(&request.copies.to_string(), self.person.language);
        let issued = request.paper.documents.iter();
        let issued = issued.filter(|(_, state)| *state == PaperState::Issued);
        BasketItem {
            title: service.map_or_else(String::new, |it| it.title.in_language(language).to_owned()),
            detail: service.map_or_else(String::new, |it| self.in_words(it, request)),
            price: format!(
                "{} {copies} · {}",
                self.tell(&phrase::COPIES),
                self.price(request.total_won())
            ),
            failure,
            numbers: issued.map(|(it, _)| it.number.to_string()).collect(),
        }
    }

    fn in_words(&self, service: &catalog::Service, request: &ServiceRequest) -> String {
        let language = self.language();
        let answers = service.questions.iter().filter_map(|question| {
            let answer = request.answers.get(&question.id)?;
            Some(
                self.catalog
                    .answer_in_words(question, answer.reveal(), language),
            )
        });
        let options = service.options.iter().filter_map(|option| {
            let chosen = request.options.get(&option.id)?;
            let choice = option.choices.iter().find(|it| it.id == *chosen)?;
            Some(choice.label.in_language(language).to_owned())
        });
        answers.chain(options).collect::<Vec<_>>().join(" · ")
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
