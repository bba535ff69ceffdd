//! What must be true of a visit, whatever happened in it: paper, money, numbers
//! and the exchange, by the real sheets and the real coins.

use bench::cash_box::Holdings;
use request::{PaperState, ServiceRequest, Stage};

use super::stand::CrashStand;

/// What a visit left behind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Account {
    pub given_won: u32,
    pub captured_won: u32,
    /// What the citizen found in the tray and in the mouth.
    pub returned_won: u32,
    pub owed_won: u32,
    pub issued: u32,
    pub void: u32,
    pub sheets: u32,
}

impl CrashStand {
    /// Compares what the newest requests say with the world. `known` requests were
    /// there before the visit, `before` is where the money was then.
    ///
    /// # Errors
    /// A sentence for each law that is broken.
    pub fn account(
        &mut self,
        known: usize,
        before: Holdings,
        given_won: u32,
    ) -> Result<Account, Vec<String>> {
        self.until_synced();
        let returned_won = self.bench.cash.with(|cash| cash.take_out());
        let after = self.holdings();
        let mut account = Account {
            given_won,
            returned_won,
            ..Account::default()
        };
        let mut broken = Vec::new();
        for request in &self.requests()[known..] {
            self.paper(request, &mut account, &mut broken);
            money(request, &mut account, &mut broken);
        }
        let mut law = |holds: bool, words: String| {
            if !holds {
                broken.push(words);
            }
        };
        let accounted = account.captured_won + returned_won + account.owed_won;
        law(
            given_won == accounted,
            format!("{given_won} won were given and {accounted} are accounted for"),
        );
        let kept = |it: Holdings| it.cash_box_won + it.stacker_won + it.hoppers_won;
        let (kept, named) = (
            i64::from(kept(after)) - i64::from(kept(before)),
            i64::from(account.captured_won + account.owed_won),
        );
        law(
            kept == named,
            format!("the box keeps {kept} won, captured and owed are {named}"),
        );
        law(
            after.escrow_won == 0,
            "a note was left in the escrow".into(),
        );
        if broken.is_empty() {
            Ok(account)
        } else {
            Err(broken)
        }
    }

    /// One number is at most one sheet, and valid exactly when it was issued.
    fn paper(&self, request: &ServiceRequest, account: &mut Account, broken: &mut Vec<String>) {
        let printed = self.bench.document_printer.printed().unwrap();
        let begun = self.begun(&request.id);
        for (document, state) in &request.paper.documents {
            let number = document.number.as_str();
            let sheets = printed.iter().filter(|(it, _)| it.contains(number)).count();
            let issued = *state == PaperState::Issued;
            let valid = self.office.status(number) == "valid";
            account.issued += u32::from(issued);
            account.void += u32::from(!valid);
            account.sheets += u32::try_from(sheets).unwrap_or(u32::MAX);
            if sheets > 0 && !begun.contains(number) {
                broken.push(format!("{number} came out and was never begun"));
            }
            if sheets > 1 {
                broken.push(format!("{number} came out {sheets} times"));
            }
            if issued && sheets != 1 {
                broken.push(format!("{number} counts as issued and never came out"));
            }
            if valid != issued {
                broken.push(format!("{number} is {state:?} here, valid: {valid} there"));
            }
        }
    }
}

fn money(request: &ServiceRequest, account: &mut Account, broken: &mut Vec<String>) {
    let money = &request.money;
    if !matches!(request.stage, Stage::Closed(_)) {
        broken.push(format!("{} is still {:?}", request.id, request.stage));
    }
    let fee = request.fee.as_ref().map_or(0, |fee| fee.unit_won);
    let issued = u32::try_from(request.paper.count(PaperState::Issued)).unwrap_or(0);
    if money.captured_won != fee * issued {
        let captured = money.captured_won;
        broken.push(format!("{captured} won were captured for {issued} sheets"));
    }
    account.captured_won += money.captured_won;
    account.owed_won += money.owed_won;
}
