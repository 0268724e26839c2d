"""The parts of the settings, each declared once. A section is a page inside the page, made when first shown."""

from __future__ import annotations

from postal_desk.domain.sentences import say
from postal_desk.ui.pages import PageEntry

_HERE = "postal_desk.ui.settings"
SECTIONS = (
    PageEntry("general", say("General"), "settings", "", f"{_HERE}.general_section:GeneralSection"),
    PageEntry("branch", say("Branch and hand-in"), "file-text", "", f"{_HERE}.branch_section:BranchSection"),
    PageEntry(
        "templates",
        say("Head-office forms"),
        "file-spreadsheet",
        "",
        f"{_HERE}.templates_section:TemplatesSection",
    ),
    PageEntry("outlets", say("Outlets"), "building-2", "", f"{_HERE}.outlets_section:OutletsSection"),
    PageEntry("staff", say("Staff"), "users", "", f"{_HERE}.staff_section:StaffSection"),
    PageEntry("users", say("Users and passwords"), "lock", "", f"{_HERE}.users_section:UsersSection"),
    PageEntry("categories", say("Categories"), "tags", "", f"{_HERE}.categories_section:CategoriesSection"),
    PageEntry(
        "calendar", say("Working-day calendar"), "calendar", "", f"{_HERE}.calendar_section:CalendarSection"
    ),
    PageEntry("canned", say("Canned texts"), "notebook-pen", "", f"{_HERE}.canned_section:CannedSection"),
    PageEntry(
        "checklists", say("Checklists"), "list-checks", "", f"{_HERE}.checklist_section:ChecklistSection"
    ),
    PageEntry("rules", say("Rules and sources"), "scale", "", f"{_HERE}.rules_section:RulesSection"),
    PageEntry("audit", say("Audit"), "history", "", f"{_HERE}.audit_section:AuditSection"),
    PageEntry("copies", say("Backups"), "save", "", f"{_HERE}.copies_section:CopiesSection"),
    PageEntry("files", say("Attachments"), "paperclip", "", f"{_HERE}.files_section:FilesSection"),
    PageEntry(
        "retention", say("Retention"), "shield-check", "", f"{_HERE}.retention_section:RetentionSection"
    ),
    PageEntry("bin", say("Recycle bin"), "trash-2", "", f"{_HERE}.bin_section:BinSection"),
    PageEntry("moving", say("Move to a new PC"), "download", "", f"{_HERE}.moving_section:MovingSection"),
    PageEntry("about", say("About"), "info", "", f"{_HERE}.about_section:AboutSection"),
)
