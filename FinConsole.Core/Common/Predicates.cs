using System.Linq.Expressions;

namespace FinConsole.Core.Common;

/// <summary>Joins query conditions, so that one rule can be stated once and used in several.</summary>
internal static class Predicates
{
    public static Expression<Func<T, bool>> Or<T>(this Expression<Func<T, bool>> left, Expression<Func<T, bool>> permission) => Join(left, permission, Expression.OrElse);

    public static Expression<Func<T, bool>> And<T>(this Expression<Func<T, bool>> left, Expression<Func<T, bool>> permission) => Join(left, permission, Expression.AndAlso);

    /// <summary>What the condition says, said of another row.</summary>
    public static Expression BodyFor<T>(this Expression<Func<T, bool>> condition, ParameterExpression row) =>
        new Rename(condition.Parameters[0], row).Visit(condition.Body);

    private static Expression<Func<T, bool>> Join<T>(
        Expression<Func<T, bool>> left, Expression<Func<T, bool>> permission, Func<Expression, Expression, BinaryExpression> join) =>
        Expression.Lambda<Func<T, bool>>(join(left.Body, permission.BodyFor(left.Parameters[0])), left.Parameters);

    private sealed class Rename(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
