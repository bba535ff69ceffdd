//! From a number or an examined paper to what is said of it.

use std::net::IpAddr;

use ledger::{Paper, Particulars, StoreError};
use request::{DocumentNumber, NotANumber};
use verify::{Finding, SealedPaper};

use super::{
    answer::{Answer, OfPaper},
    examiner::{Examiner, NotExamined},
    upload::Form,
};
use crate::http::Exchange;

pub(super) fn of_number(exchange: &Exchange, source: IpAddr, number: &DocumentNumber) -> Answer {
    match looked_up(exchange, source, number) {
        Ok(particulars) => Answer::Number(particulars),
        Err(_) => Answer::NoStore,
    }
}

pub(super) async fn of_paper(
    exchange: &Exchange,
    examiner: &Examiner,
    source: IpAddr,
    form: Form,
) -> Answer {
    if form.file.is_empty() {
        return Answer::NoFile;
    }
    let today = exchange.issuer.clock.now().local();
    let typed = match DocumentNumber::read(&form.number, today) {
        Ok(number) => Some(number),
        Err(NotANumber::Empty) => None,
        Err(reason) => return Answer::NotANumber(reason),
    };
    let paper = match examiner.examine(form.file).await {
        Ok(Finding::Sealed(paper)) => paper,
        Ok(other) => return Answer::NoSeal(other),
        Err(NotExamined::Busy) => return Answer::Busy,
        Err(NotExamined::TooHard) => return Answer::TooHard,
    };
    let number = DocumentNumber::new(&paper.number);
    if typed.is_some_and(|it| it != number) {
        return Answer::Paper(OfPaper::OtherNumber, paper);
    }
    match looked_up(exchange, source, &number) {
        Ok(particulars) => Answer::Paper(counts(&particulars, &paper), paper),
        Err(_) => Answer::NoStore,
    }
}

fn counts(particulars: &Particulars, paper: &SealedPaper) -> OfPaper {
    match particulars.paper {
        Paper::Valid => OfPaper::Genuine,
        Paper::Void => OfPaper::Void {
            replaced: particulars.replaced,
        },
        // The seal proves what the station has not told yet.
        Paper::Leased if paper.under_lease => OfPaper::GenuineUntold,
        Paper::Leased | Paper::Unknown => OfPaper::Unknown,
    }
}

fn looked_up(
    exchange: &Exchange,
    source: IpAddr,
    number: &DocumentNumber,
) -> Result<Particulars, StoreError> {
    let found = exchange.issuer.store.particulars(number);
    match &found {
        Ok(found) if found.paper == Paper::Unknown => exchange.page.was_unknown(source),
        Ok(_) => {}
        Err(error) => tracing::error!(%error, "The store failed"),
    }
    found
}
