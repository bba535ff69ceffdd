//! What is told of kiosks and counts, and what is not.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use request::ServiceId;

use super::*;

/// 2026-11-24 10:00 in Korea.
const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);

fn kiosk() -> Kiosk {
    toml::from_str(
        r#"station = "gaon-1"
        name = { ko = "가온구청 1호기", en = "Gaon-gu office 1" }
        agency = "한빛시 가온구"
        province = "41"
        address = { ko = "한빛시 가온구 새빛로 1", en = "1 Saebit-ro" }
        place = { ko = "민원실, 현관", en = "Hall" }
        weekdays = { from = "07:00", to = "22:00" }"#,
    )
    .unwrap()
}

fn count(station: &str, requests: u64, papers: u64) -> Count {
    Count {
        service: ServiceId::new("income"),
        station: StationId::new(station),
        hour: 9,
        requests,
        papers,
    }
}

#[test]
fn fewer_than_five_are_not_told_nor_that_there_were_any() {
    let counts = [
        count("gaon-1", 12, 4),
        count("gaon-1", 4, 4),
        count("nowhere-1", 5, 0),
    ];

    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let told = told_counts(&counts, "2026-10", &Catalog::read(&ours).unwrap());

    let told: Vec<_> = told
        .iter()
        .map(|it| (it.kiosk.as_str(), it.requests, it.papers))
        .collect();
    assert_eq!(
        told,
        [
            ("가온구청 민원실 1호기", Some(12), None),
            ("nowhere-1", Some(5), None)
        ]
    );
}

#[test]
fn a_month_is_told_when_it_is_over_in_korea() {
    let (from, before) = whole_month("2026-10", NOW).unwrap();
    assert_eq!(
        (from.local().to_string(), before.local().to_string()),
        ("2026-10-01".to_owned(), "2026-11-01".to_owned())
    );
    assert_eq!(whole_month("2026-10", before), Some((from, before)));
    assert_eq!(
        whole_month("2026-10", Timestamp::from_millis(before.as_millis() - 1)),
        None
    );
    for wrong in [
        "2026-11", "2026-13", "2026-00", "2026-1", "+026-01", "2026", "", "9999-12",
    ] {
        assert_eq!(whole_month(wrong, NOW), None, "{wrong}");
    }
}

#[test]
fn a_kiosk_is_in_use_when_it_was_heard_of_within_the_hour() {
    let in_use = |heard: &[(StationId, Timestamp)]| {
        told_kiosks([&kiosk()].into_iter(), heard, NOW)[0].in_use
    };
    let at = |ago: u64| {
        let millis = i64::try_from(Duration::from_mins(ago).as_millis()).unwrap();
        let at = Timestamp::from_millis(NOW.as_millis() - millis);
        [(StationId::new("gaon-1"), at)]
    };

    assert_eq!(in_use(&at(59)), "사용");
    assert_eq!(in_use(&at(60)), "미사용");
    assert_eq!(in_use(&[]), "미사용");
}

#[test]
fn a_table_is_written_so_that_no_cell_breaks_out_or_calculates() {
    let kiosk = Kiosk {
        note: "=HYPERLINK(\"x\")".to_owned(),
        ..kiosk()
    };
    let rows = told_kiosks([&kiosk].into_iter(), &[], NOW);

    let written = csv(
        &rows,
        &[
            "ISSUMCHN_NM",
            "INSTL_PLC_PSTN",
            "LHLDY_OPER_END_TM",
            "OPER_HR_REF_CN",
        ],
    );

    assert_eq!(
        written,
        "\u{FEFF}ISSUMCHN_NM,INSTL_PLC_PSTN,LHLDY_OPER_END_TM,OPER_HR_REF_CN\r\n\
         가온구청 1호기,\"민원실, 현관\",,\"'=HYPERLINK(\"\"x\"\")\"\r\n"
    );
}
