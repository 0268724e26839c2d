"""What an action of the audit is called. An action without a name here is shown by its code, never left out."""

from __future__ import annotations

from collections.abc import Mapping

from postal_desk.domain.fields import CASE_FIELDS, PART_FIELDS
from postal_desk.domain.measure_fields import MEASURE_FIELDS
from postal_desk.domain.sentences import Label, Sentence

_LABELS: Mapping[str, Sentence] = {
    field.name: field.label
    for fields in (MEASURE_FIELDS, *PART_FIELDS.values(), CASE_FIELDS)
    for field in fields
}

#: The part before the dot: what kind of thing it was done to.
AREAS: Mapping[str, Label] = {
    "access": Label("登录与密码", "Access"),
    "user": Label("用户", "Users"),
    "case": Label("案例", "Cases"),
    "measure": Label("措施", "Measures"),
    "problem": Label("问题", "Problems"),
    "visit": Label("调研", "Visits"),
    "error": Label("差错", "Errors"),
    "accountability": Label("问责", "Accountability"),
    "claim": Label("理赔", "Claims"),
    "attachment": Label("附件", "Attachments"),
    "month": Label("月份封存", "Months"),
    "summary": Label("月报", "Summaries"),
    "audit": Label("审计", "Audit"),
    "copy": Label("备份", "Copies"),
    "outlet": Label("网点", "Outlets"),
    "staff": Label("人员", "Staff"),
    "rule": Label("规则", "Rules"),
    "rules": Label("规则升级", "New rules"),
    "setting": Label("设置", "Settings"),
    "view": Label("视图", "Views"),
    "import": Label("导入", "Imports"),
    "desk": Label("案例台", "Desk"),
    "bin": Label("回收站", "Recycle bin"),
    "template": Label("常用语与清单", "Texts and checklists"),
    "volume": Label("业务量", "Volumes"),
    "total": Label("汇总数", "Totals"),
    "mask": Label("打码", "Masking"),
    "undo": Label("撤销", "Undo"),
}

#: The part after the dot.
DEEDS: Mapping[str, Label] = {
    "add": Label("新增", "added"),
    "edit": Label("修改", "changed"),
    "delete": Label("删除", "deleted"),
    "remove": Label("移除", "removed"),
    "restore": Label("恢复", "restored"),
    "step": Label("记录步骤", "step added"),
    "close": Label("办结", "closed"),
    "reopen": Label("重开", "reopened"),
    "assign": Label("改派", "reassigned"),
    "demo": Label("生成样例", "sample made"),
    "export": Label("导出", "exported"),
    "print": Label("打印", "printed"),
    "open": Label("打开", "opened"),
    "unmask": Label("查看明文", "shown in clear"),
    "rename": Label("改名", "renamed"),
    "progress": Label("登记进展", "progress added"),
    "finish": Label("完成", "finished"),
    "recheck": Label("复查", "checked again"),
    "link": Label("关联", "linked"),
    "unlink": Label("取消关联", "unlinked"),
    "withdraw": Label("撤回", "withdrawn"),
    "pay": Label("付款", "paid"),
    "raise": Label("提出", "raised"),
    "save": Label("保存", "saved"),
    "make": Label("制作", "made"),
    "verify": Label("核验", "verified"),
    "drill": Label("恢复演练", "restored on trial"),
    "carry": Label("送存异处", "carried to a second place"),
    "leave": Label("离岗", "left"),
    "keep": Label("保留本地规则", "kept as edited"),
    "reset": Label("恢复出厂规则", "reset"),
    "upgrade": Label("升级", "upgraded"),
    "purge": Label("清空", "emptied"),
    "login": Label("登录", "logged in"),
    "lock": Label("锁定", "locked"),
    "failed": Label("密码错误", "wrong password"),
    "password": Label("改密码", "password changed"),
    "password_unrecorded": Label("密码在别处被改", "password changed unrecorded"),
    "recovery": Label("新恢复码", "new recovery code"),
    "recovery_confirmed": Label("回填恢复码", "recovery code typed back"),
    "branch_key": Label("为上级封装密钥", "key wrapped for the city branch"),
    "loss_missing": Label("发现丢失", "loss found"),
    "loss_replaced": Label("发现被替换", "replacement found"),
    "loss_spoilt": Label("核对标记损坏", "mark spoilt"),
    "loss_gone": Label("核对标记丢失", "mark missing"),
    "clock_believed": Label("确认时钟正确", "clock taken as right"),
    "loss_accepted": Label("确认丢失", "loss taken note of"),
    "put": Label("录入", "entered"),
    "set": Label("设定", "set"),
    "anonymise": Label("匿名化", "made anonymous"),
    "hold": Label("依法保留", "held"),
    "release": Label("解除保留", "released"),
    "move": Label("迁移", "moved"),
    "move_back": Label("迁回", "moved back"),
    "import": Label("导入", "imported"),
    "merge": Label("合并", "merged"),
    "accept": Label("确认", "accepted"),
}


#: What the fields of a row say besides the fields of records: ways, forms, reasons.
FIELDS: Mapping[str, Label] = {
    "role": Label("角色", "role"),
    "staff": Label("对应人员", "member of staff"),
    "active": Label("可否登录", "may log in"),
    "acting_from": Label("代理起", "acting from"),
    "acting_to": Label("代理止", "acting to"),
    "lock_minutes": Label("自动锁定", "locks after"),
    "window": Label("窗口", "window"),
    "command line": Label("命令行", "command line"),
    "restore": Label("恢复备份", "restored copy"),
    "locked": Label("无人操作", "nobody there"),
    "asked": Label("手动", "by hand"),
    "switch": Label("切换用户", "switched user"),
    "masked": Label("打码", "masked"),
    "unmasked": Label("明文", "in clear"),
    "all": Label("全部个人信息", "all personal data"),
    "items": Label("邮件号码", "item numbers"),
    "form": Label("修改表单", "form"),
    "position": Label("岗位", "position"),
    "joined_on": Label("入职日", "joined"),
    "left_on": Label("离岗日", "last day"),
    "grade": Label("等级", "grade"),
    "address": Label("地址", "address"),
    "valid_from": Label("起用日", "from"),
    "valid_to": Label("停用日", "to"),
    "successor": Label("接替网点", "successor"),
}


def field_name(name: str) -> Label | Sentence:
    """What a field of a row is called; the code itself where there is no name."""
    if name in FIELDS:
        return FIELDS[name]
    known = _LABELS.get(name)
    return known if known is not None else Label(name, name)


def action_name(action: str) -> Label:
    """«Cases: closed»; the code itself where there is no name."""
    area, _dot, deed = action.partition(".")
    named = AREAS.get(area)
    if named is None:
        return Label(action, action)
    if not deed:
        return named
    done = DEEDS.get(deed, Label(deed, deed))
    if area == "month" and deed == "close":
        done = Label("封存", "closed")
    return Label(f"{named.zh}：{done.zh}", f"{named.en}: {done.en}")
