//! The administrator's room: accounts, roles, and the audit; and the editors'.

use actix_web::web::ServiceConfig;

use super::{act, form, page};
use crate::web::administration::{account as administration, accounts as accounts_list};
use crate::web::learn::missed_searches as editorial;
use crate::web::network::acts as trail;

pub(super) fn all(site: &mut ServiceConfig) {
    page(site, "/redazione/ricerche", editorial::missed_searches);
    page(site, "/amministrazione", accounts_list::home);
    act(site, "/amministrazione/cerca", accounts_list::search);
    form(
        site,
        "/amministrazione/nuovo",
        administration::new,
        administration::add,
    );
    page(site, "/amministrazione/registro", trail::register);
    page(site, "/amministrazione/{account}", administration::one);
    act(
        site,
        "/amministrazione/{account}/ruoli",
        administration::give_role,
    );
    act(
        site,
        "/amministrazione/{account}/sessioni/chiudi",
        administration::end_sessions,
    );
    act(
        site,
        "/amministrazione/{account}/ruoli/togli",
        administration::take_role,
    );
    act(
        site,
        "/amministrazione/{account}/{act}",
        administration::act,
    );
}
