//! The command by which operators are appointed at the server itself: the first of all,
//! and whoever has lost a passphrase.

use std::{
    fs,
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, bail, ensure};
use identity::is_plain;
use ledger::{NotChanged, Role, Store, StoreError};
use privacy::Personal;
use request::Timestamp;
use serde::{Deserialize, Serialize};

use super::passphrase;
use crate::carried::{Word, hand_in, is_served};

const USAGE: &str = "usage:
  minwon-exchange operator add NAME --role viewer|operator|administrator --data FOLDER
      appoints an operator of the console; the passphrase is read from standard input
  minwon-exchange operator passphrase NAME --data FOLDER
      gives an operator another passphrase, read from standard input
  minwon-exchange operator role NAME --role viewer|operator|administrator --data FOLDER
  minwon-exchange operator strike NAME --data FOLDER
  minwon-exchange operator list --data FOLDER
      an exchange may run; the audit tells of all but the list";

/// Who acts in the audit when it is this command.
const COMMAND: &str = "command";

/// What is to be done to an operator, as it is handed to the exchange that serves.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    Add {
        name: String,
        role: Role,
        /// The hash: the passphrase itself stays where it was typed.
        passphrase: String,
    },
    Passphrase {
        name: String,
        passphrase: String,
    },
    Role {
        name: String,
        role: Role,
    },
    Strike {
        name: String,
    },
}

/// Does what an order says.
///
/// # Errors
/// When the store cannot be written; within, why nothing was changed.
pub(crate) fn obey(
    store: &Store,
    order: &Order,
    now: Timestamp,
) -> Result<Result<(), NotChanged>, StoreError> {
    match order {
        Order::Add {
            name,
            role,
            passphrase,
        } => store.add_operator(name, *role, passphrase, COMMAND, now),
        Order::Passphrase { name, passphrase } => {
            store.give_passphrase(name, passphrase, COMMAND, now)
        }
        Order::Role { name, role } => store.give_role(name, *role, COMMAND, now),
        Order::Strike { name } => store.strike_operator(name, COMMAND, now),
    }
}

/// Does what the words command; none when it is another command.
///
/// # Errors
/// When something is missing on the command line, or the order cannot be carried out.
pub fn operate(words: &[String]) -> anyhow::Result<Option<ExitCode>> {
    let Some((_, words)) = words.split_first().filter(|(it, _)| *it == "operator") else {
        return Ok(None);
    };
    let given = Given::read(words)?;
    if given.act == "list" {
        return list(&given.data).map(Some);
    }
    let name = given.name.clone().context(USAGE)?;
    ensure!(
        is_plain(&name),
        "a name has up to 64 letters, digits, dots, hyphens and underscores"
    );
    let role = || given.role.context(USAGE);
    let order = match given.act.as_str() {
        "add" => Order::Add {
            name,
            role: role()?,
            passphrase: typed()?,
        },
        "passphrase" => Order::Passphrase {
            name,
            passphrase: typed()?,
        },
        "role" => Order::Role {
            name,
            role: role()?,
        },
        "strike" => Order::Strike { name },
        _ => bail!(USAGE),
    };
    carry_out(&given.data, &order).map(Some)
}

/// The exchange that serves does it, for it alone writes its store; where none does, it
/// is done here.
fn carry_out(data: &Path, order: &Order) -> anyhow::Result<ExitCode> {
    let refused = if is_served(data) {
        match hand_in(data, &serde_json::to_vec(order)?)? {
            Word::Done => None,
            Word::Refused(why) => Some(why),
            Word::Taken(_) | Word::Edition(_) => bail!("the exchange took it for something else"),
        }
    } else {
        fs::create_dir_all(data).context("cannot make the data folder")?;
        let store = Store::open_at_rest(&data.join("exchange.sqlite"))?;
        let millis = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let now = Timestamp::from_millis(i64::try_from(millis)?);
        obey(&store, order, now)?.err().map(|it| it.to_string())
    };
    match refused {
        None => Ok(ExitCode::SUCCESS),
        Some(why) => {
            writeln!(io::stderr(), "nothing was changed: {why}")?;
            Ok(ExitCode::FAILURE)
        }
    }
}

fn list(data: &Path) -> anyhow::Result<ExitCode> {
    let file = data.join("exchange.sqlite");
    ensure!(file.exists(), "there is no store at {}", file.display());
    for it in Store::operators_in(&file)? {
        let (role, changed) = (it.role.code(), it.changed_at.local());
        writeln!(io::stdout(), "{}\t{role}\t{changed}", it.name)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A line of standard input, hashed.
fn typed() -> anyhow::Result<String> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.context("cannot read the passphrase")?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(passphrase::hash(&Personal::new(line))?)
}

/// What stands on the command line.
struct Given {
    act: String,
    name: Option<String>,
    role: Option<Role>,
    data: PathBuf,
}

impl Given {
    fn read(words: &[String]) -> anyhow::Result<Self> {
        let (mut plain, mut role, mut data) = (Vec::new(), None, None);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--role" => {
                    let code = words.next().context(USAGE)?;
                    role = Some(Role::of(code).context(USAGE)?);
                }
                "--data" => data = words.next().map(PathBuf::from),
                option if option.starts_with("--") => bail!("{option} is not known\n{USAGE}"),
                _ => plain.push(word.clone()),
            }
        }
        let mut plain = plain.into_iter();
        let (act, name) = (plain.next().context(USAGE)?, plain.next());
        ensure!(plain.next().is_none(), USAGE);
        Ok(Self {
            act,
            name,
            role,
            data: data.context(USAGE)?,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn other_commands_are_left_alone_and_what_is_missing_is_told() {
        assert!(operate(&words("training --data x")).unwrap().is_none());
        for (wrong, told) in [
            ("operator", "usage:"),
            ("operator strike", "usage:"),
            ("operator strike choi", "usage:"),
            ("operator role choi --role king --data /nowhere", "usage:"),
            ("operator role choi --data /nowhere", "usage:"),
            ("operator strike ../choi --data /nowhere", "a name has"),
            ("operator strike a b --data /nowhere", "usage:"),
            (
                "operator strike choi --now yes --data x",
                "--now is not known",
            ),
            ("operator list --data /nowhere", "there is no store"),
        ] {
            let error = operate(&words(wrong)).unwrap_err();
            assert!(error.to_string().starts_with(told), "{wrong}: {error}");
        }
    }

    #[test]
    fn an_order_is_told_from_a_parcel_and_an_edition_by_its_first_letter() {
        let order = Order::Strike {
            name: "choi".to_owned(),
        };

        let text = serde_json::to_string(&order).unwrap();

        assert_eq!(text, r#"{"strike":{"name":"choi"}}"#);
    }
}
