//! How much two petitions are alike: what an agent is shown before joining any.
//!
//! Texts are compared by the pairs of neighboring characters they have in common
//! (Jaccard's index): Korean endings and spacing differ where the matter is the same.

use std::collections::BTreeSet;

use ledger::Petition;
use request::{RequestId, ServiceRequest};

/// Below this nobody would see a likeness.
const ALIKE_FROM: u32 = 40;
/// Characters of each text that are compared.
const COMPARED: usize = 2000;
/// More suggestions help nobody.
const SHOWN_MAX: usize = 10;

/// A petition that may be about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Like {
    pub(crate) request: RequestId,
    /// Pairs of characters in common, in percent of all.
    pub(crate) percent: u32,
    pub(crate) same_person: bool,
}

/// Open petitions that are like one, the most alike first.
pub(crate) fn like(one: &ServiceRequest, open: &[Petition]) -> Vec<Like> {
    let mine = pairs(one);
    let others = open.iter().map(|it| &it.request).filter(|it| {
        let joined = it.handling.leading.is_some();
        it.id != one.id && it.service == one.service && !joined
    });
    let mut found: Vec<Like> = others
        .filter_map(|other| {
            let percent = percent(&mine, &pairs(other));
            (percent >= ALIKE_FROM).then(|| Like {
                request: other.id.clone(),
                percent,
                same_person: is_of_one_person(one, other),
            })
        })
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse(it.percent));
    found.truncate(SHOWN_MAX);
    found
}

fn is_of_one_person(one: &ServiceRequest, other: &ServiceRequest) -> bool {
    let number = |it: &ServiceRequest| it.applicant.as_ref().map(|it| it.resident_number.clone());
    let address = |it: &ServiceRequest| {
        let sender = it.correspondence.sender.as_ref();
        sender.map(|it| it.address.clone())
    };
    let same_number = number(one).is_some() && number(one) == number(other);
    same_number || (address(one).is_some() && address(one) == address(other))
}

fn pairs(request: &ServiceRequest) -> BTreeSet<(char, char)> {
    let text = request.answers.get("text");
    let text = text.map_or("", |it| it.reveal().as_str());
    let letters: Vec<char> = text
        .chars()
        .filter(|it| it.is_alphanumeric())
        .take(COMPARED)
        .collect();
    letters.windows(2).map(|it| (it[0], it[1])).collect()
}

fn percent(one: &BTreeSet<(char, char)>, other: &BTreeSet<(char, char)>) -> u32 {
    let all = one.union(other).count();
    let common = one.intersection(other).count();
    u32::try_from(common * 100 / all.max(1)).unwrap_or(0)
}
