"""What the Postal Law gives for an item that was lost, damaged or delivered short (articles 45–48).

Which class gets what for which event, what exempts the post and what takes the cap away, is data
(``seeds/compensation.toml``); here is only the arithmetic, in exact decimals, rounded half up to the fen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from postal_desk.domain.json_values import in_list, money, of_type
from postal_desk.domain.rules import CapLossRule, CompensationRule, ExemptionRule, Rules, current
from postal_desk.domain.sentences import FieldRefusal, Label, Refusal, Sentence, say
from postal_desk.domain.text_rule import excerpt

FEN = Decimal("0.01")
NOTHING = Decimal("0.00")
GROUNDS = ("gross_negligence", "terms_not_displayed")

_SUMS = ("postage", "insured", "value", "loss")
_KEYS = ("class", "event", *_SUMS, "exemption", *GROUNDS)


@dataclass(frozen=True, slots=True)
class CompensationClaim:
    """What is known of a loss, as contract and form give it; sums in yuan to the fen, ``None`` if unknown."""

    mail_class: str
    event: str
    postage: Decimal | None = None
    insured: Decimal | None = None
    value: Decimal | None = None
    loss: Decimal | None = None
    exemption: str | None = None
    gross_negligence: bool = False
    terms_not_displayed: bool = False

    @property
    def grounds(self) -> tuple[str, ...]:
        """The grounds on which the post can't limit its liability, as the rules name them."""
        said = (self.gross_negligence, self.terms_not_displayed)
        return tuple(ground for ground, holds in zip(GROUNDS, said, strict=True) if holds)


@dataclass(frozen=True, slots=True)
class Compensation:
    """The amount in yuan (``0.00``: no liability; ``None``: the articles give no amount), the article, and
    why.
    """

    amount: Decimal | None
    article: Label
    why: tuple[Sentence, ...]


def parse_claim(data: Mapping[str, object], rules: Rules) -> CompensationClaim:
    """The claim of a JSON object, absent fields being null or false; :class:`FieldRefusal` names the field."""
    for key in data:
        if key not in _KEYS:
            raise FieldRefusal(excerpt(str(key)), say("unknown field; the fields are {fields}", fields=_KEYS))
    sums = {name: None if data.get(name) is None else money(data[name], name) for name in _SUMS}
    exemption = None if data.get("exemption") is None else _code(data, "exemption", "exemptions", rules)
    return CompensationClaim(
        mail_class=_code(data, "class", "classes", rules),
        event=_code(data, "event", "events", rules),
        exemption=exemption,
        gross_negligence=_flag(data, "gross_negligence"),
        terms_not_displayed=_flag(data, "terms_not_displayed"),
        **sums,
    )


def _code(data: Mapping[str, object], key: str, list_name: str, rules: Rules) -> str:
    known = tuple(rules.codes[list_name])
    if data.get(key) is None:
        raise FieldRefusal(key, say("is missing; use one of: {codes}", codes=known))
    return in_list(data[key], known, key)


def _flag(data: Mapping[str, object], key: str) -> bool:
    value = data.get(key)
    if value is not None:
        of_type(value, bool, key, say("true or false is expected"))
    return bool(value)


def compensate(claim: CompensationClaim, rules: Rules, on: date) -> Compensation:
    """What the articles that hold on a day give for a claim.

    Outside their scope (delay, express) they give no amount, whatever else is said; then an exemption frees
    from liability, then lost limits make the proven loss due, then the class's own rule decides.
    :class:`FieldRefusal` names a sum that the rule needs and the claim lacks.
    """
    rule = _rule(claim, rules, on)
    mail_class, event = rules.name("classes", claim.mail_class), rules.name("events", claim.event)
    why = [say("{mail_class}, {event}: {article}.", mail_class=mail_class, event=event, article=rule.article)]
    if claim.insured and not rule.basis.startswith("insured"):
        why.append(
            say("The insured sum is not used: {mail_class} is no insured class.", mail_class=mail_class)
        )
    if rule.basis == "no_amount":
        why.append(_noted(rule, say("The articles give no amount.")))
        return Compensation(None, rule.article, tuple(why))
    exemption = _exemption(claim, rules, on)
    if exemption is not None:
        cause = rules.name("exemptions", exemption.exemption)
        why.append(say("No liability: {cause}, {article}.", cause=cause, article=exemption.article))
        return Compensation(NOTHING, exemption.article, tuple(why))
    if claim.exemption is not None and rule.basis != "none":
        cause = rules.name("exemptions", claim.exemption)
        why.append(say("{cause} does not exempt from liability for this class.", cause=cause))
    lost = _lost_cap(claim, rules, on)
    if lost is not None:
        return _proven_loss(claim, lost, why)
    amount, reason = _by_basis(claim, rule)
    return Compensation(amount, rule.article, (*why, *reason))


def _rule(claim: CompensationClaim, rules: Rules, on: date) -> CompensationRule:
    for rule in current(rules.compensation, on):
        if claim.mail_class in rule.classes and claim.event in rule.events:
            return rule
    raise Refusal(
        say(
            "No compensation rule on file covers “{mail_class}” and “{event}” on {day}; add one, or decide by contract",
            mail_class=rules.name("classes", claim.mail_class),
            event=rules.name("events", claim.event),
            day=on,
        )
    )


def _exemption(claim: CompensationClaim, rules: Rules, on: date) -> ExemptionRule | None:
    fitting = (r for r in current(rules.exemptions, on) if r.exemption == claim.exemption)
    return next((rule for rule in fitting if claim.mail_class in rule.classes), None)


def _lost_cap(claim: CompensationClaim, rules: Rules, on: date) -> CapLossRule | None:
    fitting = (r for r in current(rules.cap_losses, on) if r.ground in claim.grounds)
    return next((rule for rule in fitting if claim.mail_class in rule.classes), None)


_GROUND_SENTENCES = {
    "gross_negligence": say("Intent or gross negligence"),
    "terms_not_displayed": say("The terms were not displayed"),
}


def _proven_loss(claim: CompensationClaim, cap: CapLossRule, why: Iterable[Sentence]) -> Compensation:
    ground = _GROUND_SENTENCES.get(cap.ground, cap.ground)
    reason = say(
        "{ground}: liability can't be limited, the proven loss is due, {article}.",
        ground=ground,
        article=cap.article,
    )
    if claim.loss is None:
        unproven = say("No loss has been proven yet, so there is no amount.")
        return Compensation(None, cap.article, (*why, reason, unproven))
    return Compensation(
        claim.loss, cap.article, (*why, reason, say("Proven loss: {loss} yuan.", loss=claim.loss))
    )


def _by_basis(claim: CompensationClaim, rule: CompensationRule) -> tuple[Decimal, tuple[Sentence, ...]]:
    match rule.basis:
        case "none":
            return NOTHING, (_noted(rule, say("There is no liability.")),)
        case "postage_multiple":
            multiple, told = _multiple(claim, rule)
            return multiple, (told,)
        case "actual_loss_capped":
            cap, told = _multiple(claim, rule)
            loss = _needed(claim.loss, "loss")
            amount = min(loss, cap)
            return amount, (
                told,
                say(
                    "Loss {loss} yuan, at most {cap} yuan: {amount} yuan.", loss=loss, cap=cap, amount=amount
                ),
            )
        case "insured_amount":
            insured = _needed(claim.insured, "insured")
            return insured, (say("Total loss: the insured sum, {insured} yuan.", insured=insured),)
        case "insured_share":
            return _insured_share(claim)
    raise ValueError(f"basis {rule.basis!r} of compensation rule {rule.key}")


def _multiple(claim: CompensationClaim, rule: CompensationRule) -> tuple[Decimal, Sentence]:
    postage = _needed(claim.postage, "postage")
    factor = rule.factor if rule.factor is not None else Decimal(1)
    amount = (factor * postage).quantize(FEN, ROUND_HALF_UP)
    return amount, say(
        "{factor} × postage {postage} yuan = {amount} yuan.",
        factor=f"{factor.normalize():f}",
        postage=postage,
        amount=amount,
    )


def _insured_share(claim: CompensationClaim) -> tuple[Decimal, tuple[Sentence, ...]]:
    """Loss × insured ÷ value; never more than the insured sum, nor (insured above the value) than the loss."""
    insured, value, loss = (
        _needed(claim.insured, "insured"),
        _needed(claim.value, "value"),
        _needed(claim.loss, "loss"),
    )
    if value == 0:
        raise FieldRefusal("value", say("must be more than 0.00; the insured sum is set against it"))
    share = (loss * insured / value).quantize(FEN, ROUND_HALF_UP)
    told = [
        say(
            "Loss {loss} × insured {insured} ÷ value {value} = {share} yuan.",
            loss=loss,
            insured=insured,
            value=value,
            share=share,
        )
    ]
    amount = min(share, insured, loss)
    if amount < share:
        told.append(say("Not more than the insured sum or the loss itself: {amount} yuan.", amount=amount))
    return amount, tuple(told)


def _needed(sum_: Decimal | None, path: str) -> Decimal:
    if sum_ is None:
        raise FieldRefusal(path, say("is missing; the rule for this class and event needs it"))
    return sum_


def _noted(rule: CompensationRule, otherwise: Sentence) -> Sentence:
    return say("{note}.", note=rule.note) if rule.note else otherwise
