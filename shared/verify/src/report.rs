//! The verdict in words, Korean first, to be read beside the paper.

use std::fmt;

use jiff::{Timestamp, tz};
use seal::{Claims, Lease};
use signature::Level;

use crate::Verdict;

pub struct Report<'a>(pub &'a Verdict);

impl Report<'_> {
    /// 0 genuine, 1 altered, void or not trusted, 2 nothing to judge.
    pub fn exit_code(&self) -> u8 {
        match self.0 {
            Verdict::Genuine { .. } => 0,
            Verdict::Void { .. } | Verdict::False(_) => 1,
            Verdict::Several | Verdict::NothingToJudge => 2,
        }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Verdict::Genuine {
                signed,
                claims,
                lease,
            } => {
                writeln!(f, "진본 · genuine")?;
                if let Some(signed) = signed {
                    writeln!(f, "  서명자 signer: {}", signed.signer)?;
                    writeln!(f, "  서명시각 signed: {}", signed.claimed_at)?;
                    writeln!(f, "  시점확인 time-stamp: {}", time_stamp(signed.level))?;
                }
                if let Some(lease) = lease {
                    write_lease(f, lease)?;
                }
                match claims {
                    Some(claims) => write_claims(f, claims),
                    None => writeln!(f, "  봉인 없음 · it carries no seal"),
                }
            }
            Verdict::Void { claims } => {
                writeln!(f, "무효 · void: this number was taken back")?;
                write_claims(f, claims)
            }
            Verdict::False(doubt) => writeln!(f, "위변조 · altered or false: {doubt}"),
            Verdict::Several => {
                writeln!(f, "판단 불가 · several papers: show them one at a time")
            }
            Verdict::NothingToJudge => {
                writeln!(
                    f,
                    "판단 불가 · nothing to judge: no signature and no seal was found"
                )
            }
        }
    }
}

fn time_stamp(level: Level) -> &'static str {
    match level {
        Level::Basic => "없음 · none",
        Level::TimeStamped => "있음 · present, not checked here",
        Level::Preserved => "있음, 장기보존 · present with evidence, not checked here",
    }
}

fn write_claims(f: &mut fmt::Formatter<'_>, claims: &Claims) -> fmt::Result {
    writeln!(
        f,
        "아래 내용을 종이와 견주어 보세요 · compare with the paper:"
    )?;
    writeln!(f, "  문서확인번호 document no.: {}", claims.document_number)?;
    writeln!(f, "  서비스 service: {}", claims.service)?;
    for (name, value) in &claims.fields {
        writeln!(f, "  {name}: {value}")?;
    }
    Ok(())
}

fn write_lease(f: &mut fmt::Formatter<'_>, lease: &Lease) -> fmt::Result {
    let at = Timestamp::from_second(lease.records_at).map_err(|_| fmt::Error)?;
    let records = at.to_zoned(tz::TimeZone::fixed(tz::offset(9)));
    writeln!(
        f,
        "  통신이 끊긴 동안 발급 · issued by a station without the office:"
    )?;
    writeln!(f, "  발급한 곳 station: {}", lease.station)?;
    writeln!(
        f,
        "  자료 기준 records as of: {}",
        records.strftime("%Y-%m-%d %H:%M")
    )?;
    writeln!(
        f,
        "  위임번호 lease: {} · 번호로도 확인하세요 · ask by its number, too",
        lease.prefix
    )
}
