//! An invented household, the check that ships, and who asks.

#![allow(dead_code, reason = "each test program uses its part")]

use std::path::Path;

use catalog::{Catalog, TwoPersonCheck};
use privacy::Personal;
use request::{Applicant, ResidentNumber};
use serde_json::{Value, json};

pub(crate) const BITNA: &str = "9001012990014";

pub(crate) fn check() -> TwoPersonCheck {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let catalog = Catalog::read(&folder).unwrap();
    catalog.two_persons().unwrap().clone()
}

pub(crate) fn applicant(name: &str, number: &str) -> Applicant {
    Applicant {
        name: Personal::new(name.to_owned()),
        resident_number: ResidentNumber::parse(number).unwrap(),
    }
}

/// How much the register says.
pub(crate) struct Household {
    pub(crate) others: bool,
    pub(crate) history: bool,
}

impl Default for Household {
    fn default() -> Self {
        Self {
            others: true,
            history: true,
        }
    }
}

impl Household {
    pub(crate) fn asks(&self, number: &str) -> Applicant {
        applicant("한빛나", number)
    }

    pub(crate) fn record(&self) -> Value {
        let address = json!({
            "ko": "한빛시 가온구 다온로 133, 103동 201호 (다온동)",
            "en": "103-201, 133 Daon-ro, Gaon-gu, Hanbit-si"
        });
        let row = |name: &str, latin: &str, number: &str| {
            json!({ "name": name, "name_latin": latin, "resident_number": number,
                "moved_in": "2015-01-23", "reason": "moved_in" })
        };
        let mut members = vec![row("한빛나", "HAN BITNA", BITNA)];
        if self.others {
            members.push(row("이서우", "LEE SEOU", "9101041100214"));
        }
        let mut history = vec![json!({ "moved_in": "2015-01-23", "address": address })];
        if self.history {
            let ko = "한빛시 나래구 이든로 161, 104동 602호 (이든동)";
            let en = "104-602, 161 Ideun-ro, Narae-gu, Hanbit-si";
            let earlier = json!({ "ko": ko, "en": en });
            history.push(json!({ "moved_in": "2012-12-19", "address": earlier }));
            let ko = "한빛시 가온구 늘봄로 103 (늘봄동)";
            let en = "103 Neulbom-ro, Gaon-gu, Hanbit-si";
            let earlier = json!({ "ko": ko, "en": en });
            history.push(json!({ "moved_in": "2013-11-28", "address": earlier }));
        }
        json!({
            "householder": { "name": "한빛나", "name_latin": "HAN BITNA" },
            "address": address, "members": members, "history": history
        })
    }

    /// What is right, by the question's id.
    pub(crate) fn answer(id: &str) -> &'static str {
        match id {
            "street" => "다온로",
            "neighborhood" => "다온동",
            "moved-in" => "2015년 1월",
            "household-member" => "이서우",
            "earlier-neighborhood" => "이든동",
            "earlier-street" => "늘봄로",
            other => panic!("{other} is not asked"),
        }
    }
}
