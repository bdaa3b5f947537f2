"""Commands of the group `staff post`: job descriptions (ORG-01, ORG-04)."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("post")

PostArgument = Annotated[str, typer.Argument(metavar=N_("POST"), help=N_("Name of the post, or a part of it."))]
Unit = Annotated[str | None, typer.Option("--unit", metavar=N_("DEPARTMENT"), help=N_("Department, group or shop."))]
Duties = Annotated[str | None, typer.Option("--duties", metavar=N_("TEXT"), help=N_("What the holder has to do."))]
Authority = Annotated[str | None, typer.Option("--authority", metavar=N_("TEXT"), help=N_("What he may decide himself."))]
Skills = Annotated[str | None, typer.Option("--skills", metavar=N_("TEXT"), help=N_("What he has to know and be able to do."))]
Headcount = Annotated[int | None, typer.Option("--headcount", min=0, max=10000, help=N_("How many people the post has room for."))]
Standard = Annotated[int | None, typer.Option("--standard", min=0, max=100, help=N_("Least score (0-100) of the role-play test."))]


@app.write(
    "add",
    help=N_("Describe a post: duties, authority, skills, places."),
    example='salescli staff post add 销售代表 --duties "visit customers" --authority "discount to 5%" --skills "printers" --headcount 4',
    rules=("ORG-01", "ORG-04"),
    right="staff.edit",
)
def add(
    w: "Writer",
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Name of the post."))],
    unit: Unit = None,
    duties: Duties = None,
    authority: Authority = None,
    skills: Skills = None,
    headcount: Headcount = None,
    standard: Standard = None,
) -> "Done":
    from salescli.staff import actions_post

    file = {"unit": unit, "duties": duties, "authority": authority, "skills": skills, "headcount": headcount, "standard": standard}
    return actions_post.add(w, name, file)


@app.write(
    "edit",
    help=N_("Change a job description."),
    example="salescli staff post edit 销售代表 --headcount 5",
    rules=("ORG-01", "ORG-04"),
    right="staff.edit",
)
def edit(
    w: "Writer",
    post: PostArgument,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("A new name, for everybody who holds it."))] = None,
    unit: Unit = None,
    duties: Duties = None,
    authority: Authority = None,
    skills: Skills = None,
    headcount: Headcount = None,
    standard: Standard = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", metavar=N_("FIELD"), help=N_("Empty this field; may be repeated."))] = None,
) -> "Done":
    from salescli.staff import actions_post

    file = {"name": name, "unit": unit, "duties": duties, "authority": authority, "skills": skills}
    return actions_post.edit(w, post, file | {"headcount": headcount, "standard": standard}, clear or ())


@app.report(
    "list",
    help=N_("Posts, who holds them, when their duties are looked at again."),
    example=("salescli staff post list", "salescli staff post list --due"),
    rules=("ORG-01", "ORG-04"),
)
def list_(r: "Reader", due: Annotated[bool, typer.Option("--due", help=N_("Only those to be looked at again."))] = False) -> "Report":
    from salescli.staff.reads_post import listing

    return listing(r, due=due)


@app.report("show", help=N_("One job description."), example="salescli staff post show 销售代表", rules=("ORG-01", "ORG-04"))
def show(r: "Reader", post: PostArgument) -> "Report":
    from salescli.staff.reads_post import detail

    return detail(r, post)


@app.write(
    "review",
    help=N_("Note that a post's duties were looked at today."),
    example="salescli staff post review 销售代表",
    rules=("ORG-04",),
    right="staff.edit",
)
def review(w: "Writer", post: PostArgument) -> "Done":
    from salescli.staff import actions_post

    return actions_post.review(w, post)


@app.write(
    "close",
    help=N_("Do away with a post nobody holds."),
    example="salescli staff post close 销售代表",
    rules=("ORG-04",),
    right="staff.edit",
)
def close(w: "Writer", post: PostArgument) -> "Done":
    from salescli.staff import actions_post

    return actions_post.close(w, post)
