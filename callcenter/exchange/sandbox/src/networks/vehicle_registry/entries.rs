//! Holdings and liens of a vehicle or a machine as the two parts of its register.

use serde_json::{Value, json};
use world::{Bilingual, Date, Holding, Lien, Owner, World};

use crate::networks::owner::Shown;

/// Of each year so many entries come before it.
const RECEIPTS: i32 = 30_000;

/// The first part: who had it, and what was seized.
pub(super) fn entries(
    world: &World,
    owners: &[Holding],
    liens: &[Lien],
    about: usize,
) -> Vec<Value> {
    let mut dice = world.dice("entries", about);
    let mut receipt = move |on: Date| format!("{}{:06}", on.year(), dice.between(1, RECEIPTS));
    let mut rows = Vec::new();
    for (index, holding) in owners.iter().enumerate() {
        let rank = index + 1;
        let shown = Shown::of(world, &holding.owner);
        let what = Bilingual::of(
            format!("{} · 소유자 {}", holding.reason.ko, shown.name),
            format!(
                "{} · owner {}",
                holding.reason.en,
                latin(world, &holding.owner)
            ),
        );
        rows.push(json!({
            "rank": rank.to_string(), "what": what, "registration_number": shown.number,
            "on": holding.on, "receipt": receipt(holding.on),
        }));
        let next = owners.get(index + 1).map(|it| it.on);
        let during = |it: &&Lien| it.on >= holding.on && next.is_none_or(|next| it.on < next);
        let mut below = 0;
        for lien in liens.iter().filter(|it| !is_mortgage(it)).filter(during) {
            below += 1;
            let seized = format!("{rank}-{below}");
            rows.push(entry(&seized, &seizure(lien), lien.on, receipt(lien.on)));
            if let Some(on) = lien.cancelled {
                below += 1;
                let lifted = Bilingual::of(
                    format!("{seized} 압류 해제"),
                    format!("Seizure {seized} lifted"),
                );
                rows.push(entry(&format!("{rank}-{below}"), &lifted, on, receipt(on)));
            }
        }
    }
    rows
}

fn seizure(lien: &Lien) -> Bilingual {
    Bilingual::of(
        format!("{}: {}", lien.kind.ko, lien.creditor.ko),
        format!("{}: {}", lien.kind.en, lien.creditor.en),
    )
}

fn entry(rank: &str, what: &Bilingual, on: Date, receipt: String) -> Value {
    json!({ "rank": rank, "what": what, "registration_number": null, "on": on, "receipt": receipt })
}

/// The second part: what is owed on it.
pub(super) fn mortgages(
    world: &World,
    owners: &[Holding],
    liens: &[Lien],
    about: usize,
) -> Vec<Value> {
    let mut dice = world.dice("mortgage receipts", about);
    let holder_on = |day: Date| owners.iter().rev().find(|it| it.on <= day);
    liens
        .iter()
        .filter(|it| is_mortgage(it))
        .enumerate()
        .map(|(index, it)| {
            let holder = holder_on(it.on).or(owners.first());
            let name = holder.map(|holder| world.owner_text(&holder.owner).0);
            json!({
                "rank": (index + 1).to_string(), "on": it.on,
                "receipt": format!("{}{:06}", it.on.year(), dice.between(1, RECEIPTS)),
                "amount_won": it.won, "mortgagee": it.creditor.ko, "mortgagor": name, "debtor": name,
                "cancelled_on": it.cancelled,
            })
        })
        .collect()
}

fn is_mortgage(lien: &Lien) -> bool {
    lien.kind.ko.starts_with("저당권")
}

fn latin(world: &World, owner: &Owner) -> String {
    match owner {
        Owner::Person(id) => world.person(*id).name_latin.clone(),
        Owner::Company(id) => world.company(*id).name.en.clone(),
        Owner::City => "Hanbit-si".to_owned(),
        Owner::State => "the State".to_owned(),
        Owner::Stranger { name, .. } => name.clone(),
    }
}
